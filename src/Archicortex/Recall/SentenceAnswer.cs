using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>The sentence of some passages that says most of what a question asks.</summary>
/// <param name="Passage">Place of its passage in the list given.</param>
/// <param name="Span">Where it stands in the passage's text.</param>
/// <param name="Share">Share of the question's words it has, by their rarity, in [0, 1].</param>
/// <param name="Date">The days it names, printed, if the question asks when; else null.</param>
readonly record struct SentenceReply(int Passage, TextSpan Span, double Share, string? Date);

/// <summary>Picks the sentence that answers best, where no model and no fact does.</summary>
/// <remarks>
/// Words are counted by rarity, those the memory has never met too. Asked when, a sentence that names a time counts for more, but its
/// time is that of what is asked only if it has every name of the question (<see cref="AskedEvent"/>) and some of its other words.
/// </remarks>
static class SentenceAnswer
{
    // A later passage has to be so much better to be preferred: ranking knows more than a count of words.
    const double RankDiscount = 0.1;

    const double DateGain = 0.3;

    // With less of what is asked beside the names, a sentence tells of something else, and its day is the day of that.
    const double OwnShareMin = 0.01;

    /// <param name="view">The memory, for the rarity of words.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="passages">Passages, best first.</param>
    public static SentenceReply? Find(RecallView view, Question question, IReadOnlyList<TellingPassage> passages)
    {
        var wantsDate = WantsDay(question.Text);
        var asked = AskedEvent.OfQuestion(view, question, wantsDate && AsksForPast(question));
        SentenceReply? best = null;
        var bestScore = 0.0;
        foreach (var (i, span, telling) in Sentences(asked, passages))
        {
            var date = wantsDate && telling is { HasNames: true, OwnShare: >= OwnShareMin } ? DateIn(telling, FactSlots.SaidOn(passages[i].Document)) : null;
            var gain = date is not null ? DateGain : 0;
            var score = (telling.Share + gain) * (1 - (RankDiscount * Math.Min(i, 9)));
            if (score > bestScore)
            {
                (best, bestScore) = (new(i, span, telling.Share, date), score);
            }
        }

        return best;
    }

    /// <summary>True if a question asks when.</summary>
    public static bool WantsDay(string question) => (QuestionTime.Of(question, null).Intent & TimeIntent.When) != 0;

    static List<(int Passage, TextSpan Span, Telling Telling)> Sentences(AskedEvent asked, IReadOnlyList<TellingPassage> passages)
    {
        var sentences = new List<(int, TextSpan, Telling)>();
        for (var i = 0; i < passages.Count; i++)
        {
            var passage = passages[i];
            foreach (var span in SentenceSplitter.Split(passage.Text))
            {
                var sentence = passage.Text.Substring(span.Start, span.Length);
                if (!SentenceSplitter.IsHeading(sentence) && asked.In(sentence, passage) is { HasWords: true } telling)
                {
                    sentences.Add((i, span, telling));
                }
            }
        }

        return sentences;
    }

    static bool AsksForPast(Question question)
    {
        foreach (var word in question.Words)
        {
            if (word is "did" or "was" or "were" or "had" or "has")
            {
                return true;
            }
        }

        return false;
    }

    static string? DateIn(Telling telling, DateOnly? saidOn) =>
        AskedEvent.Nearest(TimeExpressions.Find(telling.Text, saidOn), telling) is { } time ? TimeText.Of(telling.Text, time) : null;
}
