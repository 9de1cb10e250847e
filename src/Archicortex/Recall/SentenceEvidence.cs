using System.Numerics;

namespace Archicortex.Recall;

/// <summary>What the words of a question say about single sentences: BM25 of a sentence, term by term.</summary>
/// <remarks>
/// A sentence inherits the words of its passage's title, at a share: "He was born in Tarn" is about the one the title names.
/// Worked out for the sentences that are looked at, from the words the graph keeps, and remembered until <see cref="Clear"/>.
/// Between <see cref="LexicalEvidence.Gather"/> and its clearing only: the terms of stems are read from the scratch.
/// </remarks>
sealed class SentenceEvidence(RecallView view, Question question, RecallScratch scratch)
{
    const double K1 = 1.2;
    const double B = 0.3;
    const double MeanWords = 20;
    const double TitleShare = 0.9;

    readonly Dictionary<int, double[]> _scores = [];

    /// <summary>Score of a sentence over the terms that are not covered yet.</summary>
    public double Score(int sentence, ulong covered) => Score(Terms(sentence), covered);

    public static double Score(double[] terms, ulong covered)
    {
        var sum = 0.0;
        for (var k = 0; k < terms.Length; k++)
        {
            sum += (covered >> k & 1) == 0 ? terms[k] : 0;
        }

        return sum;
    }

    /// <summary>Terms a sentence or its title has, by bit.</summary>
    public ulong Covered(int sentence)
    {
        var terms = Terms(sentence);
        var mask = 0UL;
        for (var k = 0; k < terms.Length; k++)
        {
            mask |= terms[k] > 0 ? 1UL << k : 0;
        }

        return mask;
    }

    /// <summary>Score of a sentence by term of the question.</summary>
    public double[] Terms(int sentence)
    {
        if (_scores.TryGetValue(sentence, out var scores))
        {
            return scores;
        }

        scores = new double[question.Terms.Length];
        ref readonly var record = ref view.Graph.Sentence(sentence);
        foreach (var word in view.Graph.Words(record))
        {
            var term = scratch.TermOfStem[view.Vocabulary.StemOf(word)];
            if (term > 0)
            {
                scores[term - 1]++;
            }
        }

        var norm = K1 * (1 - B + (B * record.TokenCount / MeanWords));
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = scores[k] > 0 ? question.Terms[k].Idf * scores[k] * (K1 + 1) / (scores[k] + norm) : 0;
        }

        AddTitle(record.Passage, scores);
        _scores.Add(sentence, scores);
        return scores;
    }

    public void Clear() => _scores.Clear();

    void AddTitle(int passage, double[] scores)
    {
        for (var left = scratch.TitleCovered[passage]; left != 0; left &= left - 1)
        {
            var k = BitOperations.TrailingZeroCount(left);
            scores[k] = Math.Max(scores[k], TitleShare * question.Terms[k].Idf);
        }
    }
}
