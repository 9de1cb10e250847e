using Archicortex.Documents;
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
static class SentenceAnswer
{
    // A later passage has to be so much better to be preferred: ranking knows more than a count of words.
    const double RankDiscount = 0.1;

    /// <param name="view">The memory, for the rarity of words.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="passages">Passages, best first, with their documents.</param>
    public static SentenceReply? Find(RecallView view, Question question, IReadOnlyList<(Document Document, string Text)> passages)
    {
        var wantsDate = (QuestionTime.Of(question.Text, null).Intent & TimeIntent.When) != 0;
        var total = question.Terms.Sum(term => term.Idf);
        var named = NamedIn(view, question.Text);
        SentenceReply? best = null;
        var bestScore = 0.0;
        for (var i = 0; i < passages.Count; i++)
        {
            var (document, text) = passages[i];
            foreach (var span in SentenceSplitter.Split(text))
            {
                var sentence = text.Substring(span.Start, span.Length);
                if (SentenceSplitter.IsHeading(sentence))
                {
                    continue;
                }

                var share = total > 0 ? Covered(view, question, sentence) / total : 0;
                var date = wantsDate && TellsMore(view, question, named, sentence) ? DateIn(sentence, FactSlots.SaidOn(document)) : null;
                var score = (share + (wantsDate && date is not null ? DateGain : 0)) * (1 - (RankDiscount * Math.Min(i, 9)));
                if (score > bestScore)
                {
                    (best, bestScore) = (new(i, span, share, date), score);
                }
            }
        }

        return best;
    }

    const double DateGain = 0.3;

    /// <summary>A sentence that has nothing of what is asked but a name tells of something else, and its day is the day of that.</summary>
    static bool TellsMore(RecallView view, Question question, HashSet<int> named, string sentence)
    {
        var stems = view.Vocabulary.StemsIn(sentence);
        return question.Terms.All(term => named.Contains(term.Stem)) || question.Terms.Any(term => !named.Contains(term.Stem) && stems.Contains(term.Stem));
    }

    static HashSet<int> NamedIn(RecallView view, string question)
    {
        var words = new TokenBuffer();
        words.Read(question);
        var named = words.Tokens.ToArray().Skip(1).Where(token => token.LooksNamed).Select(token => words.Folded(token).ToString());
        return [.. view.Vocabulary.StemsIn(string.Join(' ', named))];
    }

    static double Covered(RecallView view, Question question, string sentence)
    {
        var stems = view.Vocabulary.StemsIn(sentence);
        return question.Terms.Where(term => stems.Contains(term.Stem)).Sum(term => term.Idf);
    }

    static string? DateIn(string sentence, DateOnly? saidOn)
    {
        var found = TimeExpressions.Find(sentence, saidOn);
        return found.Count == 0 ? null : TimeText.Of(sentence, found[0]);
    }
}
