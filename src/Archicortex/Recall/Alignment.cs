namespace Archicortex.Recall;

/// <summary>How a path of facts lies along the words of a question: each step takes a stretch of words, in order, or none.</summary>
/// <param name="Best">Best score by how many words are passed, shape [words + 1], never falling: words may be left over anywhere.</param>
/// <param name="Taken">Words taken by relations they fit, in the alignment of each best score.</param>
readonly record struct Alignment(double[] Best, int[] Taken)
{
    // What a step gains: for each word it takes, and more words of one relation more; for a word that fits nothing; what
    // it costs to take none. Measured on 300 questions to a graph of facts: from half to twice these values within 1 point.
    const double WordGain = 0.25;
    const double LongerGain = 0.3;
    const double UnknownWord = 0.1;
    const double NoWord = -0.1;

    /// <summary>The score of the path.</summary>
    public double Score => Best[^1];

    /// <summary>No step yet.</summary>
    public static Alignment Start(int words) => new(new double[words + 1], new int[words + 1]);

    /// <summary>The alignment with one more step.</summary>
    /// <param name="fits">Fits of its relation, as <see cref="RelationMatch.Of"/> gives them.</param>
    /// <param name="cost">What the step costs in any case, ≤ 0.</param>
    public Alignment Extend(double[] fits, double cost)
    {
        var after = new Alignment(new double[Best.Length], new int[Best.Length]);
        Array.Fill(after.Best, double.NegativeInfinity);
        for (var at = 0; at < Best.Length; at++)
        {
            after.Offer(at, Best[at] + NoWord + cost, Taken[at]);
            for (var length = 1; length <= RelationMatch.StretchMax && at + length < Best.Length; length++)
            {
                var fit = fits[(at * RelationMatch.StretchMax) + length - 1];
                if (fit > 0)
                {
                    after.Offer(at + length, Best[at] + fit + (WordGain * length) + (LongerGain * (length - 1)) + cost, Taken[at] + length);
                }
                else if (length == 1)
                {
                    after.Offer(at + 1, Best[at] + UnknownWord + WordGain + cost, Taken[at]);
                }
            }
        }

        for (var at = 1; at < Best.Length; at++)
        {
            after.Offer(at, after.Best[at - 1], after.Taken[at - 1]);
        }

        return after;
    }

    void Offer(int at, double score, int taken)
    {
        if (score > Best[at])
        {
            (Best[at], Taken[at]) = (score, taken);
        }
    }
}
