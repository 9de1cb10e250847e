using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Which sentences of a passage stand for it where it does not fit as a whole.</summary>
/// <remarks>
/// Those with a name of the question or a word of it, the ones with words that nothing packed has before the others, and of a
/// passage that another was found through, those that hold a name of that other. A passage of which no sentence has any of
/// this is not cut.
/// </remarks>
sealed class SentenceChoice(RecallView view, Question question)
{
    /// <summary>Sentences of one passage that are tried.</summary>
    public const int SentencesMax = 24;

    const double NameGain = 1;
    const double BridgeGain = 4;
    const double CoveredShare = 0.3;

    /// <summary>Words of the question that some passages have, by the place of the word.</summary>
    public bool[] Covered(IEnumerable<int> rows)
    {
        var covered = new bool[question.Terms.Length];
        foreach (var row in rows)
        {
            for (var k = 0; k < covered.Length; k++)
            {
                covered[k] |= view.Lexical.ScoreOf(question.Terms[k].Stem, row) > 0;
            }
        }

        return covered;
    }

    /// <summary>Sentences of a passage, as places in it, the one that bears most on the question first.</summary>
    /// <param name="row">The passage.</param>
    /// <param name="towards">The passage that was found through it; −1: none.</param>
    /// <param name="covered">What is said already.</param>
    public int[] Rank(int row, int towards, bool[] covered)
    {
        ref readonly var passage = ref view.Graph.Passage(row);
        var ranked = new List<(int Place, double Score)>();
        for (var place = 1; place < passage.SentenceCount; place++)
        {
            ref readonly var sentence = ref view.Graph.Sentence(passage.FirstSentence + place);
            var score = sentence.TextLength == 0 ? 0 : Score(sentence, covered) + Names(passage, passage.FirstSentence + place, towards);
            if (score > 0)
            {
                ranked.Add((place, score));
            }
        }

        return [.. ranked.OrderByDescending(one => Math.Round(one.Score, 9)).ThenBy(one => one.Place).Take(SentencesMax).Select(one => one.Place)];
    }

    /// <summary>Where sentences stand in the passage's text; neighbours are one stretch.</summary>
    public TextSpan[] Runs(int row, ReadOnlySpan<int> places)
    {
        ref readonly var passage = ref view.Graph.Passage(row);
        int[] ordered = [.. places];
        Array.Sort(ordered);
        var runs = new List<TextSpan>();
        for (var i = 0; i < ordered.Length; i++)
        {
            ref readonly var sentence = ref view.Graph.Sentence(passage.FirstSentence + ordered[i]);
            var end = sentence.TextStart + sentence.TextLength;
            if (i > 0 && ordered[i] == ordered[i - 1] + 1)
            {
                runs[^1] = runs[^1] with { Length = end - runs[^1].Start };
            }
            else
            {
                runs.Add(new(sentence.TextStart, sentence.TextLength));
            }
        }

        return [.. runs];
    }

    double Score(in SentenceRecord sentence, bool[] covered)
    {
        var sum = 0.0;
        var words = view.Graph.Words(sentence);
        for (var k = 0; k < covered.Length; k++)
        {
            foreach (var word in words)
            {
                if (view.Vocabulary.StemOf(word) == question.Terms[k].Stem)
                {
                    sum += question.Terms[k].Idf * (covered[k] ? CoveredShare : 1);
                    break;
                }
            }
        }

        return sum;
    }

    double Names(in PassageRecord passage, int sentence, int towards)
    {
        var sum = 0.0;
        foreach (var link in question.Linked)
        {
            sum += view.Graph.Phrase(link.Phrase).Sentences.Contains(sentence) ? NameGain : 0;
        }

        if (towards < 0)
        {
            return sum;
        }

        ref readonly var next = ref view.Graph.Passage(towards);
        foreach (var phrase in passage.Phrases.Items)
        {
            if (next.Phrases.Contains(phrase) && view.Graph.Phrase(phrase).Sentences.Contains(sentence))
            {
                return sum + BridgeGain;
            }
        }

        return sum;
    }
}
