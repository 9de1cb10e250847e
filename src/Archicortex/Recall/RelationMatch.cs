using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>How well stretches of a question's words fit relations: "mom" fits "parents", "place of death" itself.</summary>
/// <param name="words">The question's words, in the order of <see cref="LinkedEntity.Words"/>.</param>
/// <param name="facts">Where relations have their names.</param>
sealed class RelationMatch(string[] words, FactSnapshot facts)
{
    /// <summary>Words that may answer to one relation together.</summary>
    public const int StretchMax = 3;

    const double FitMin = 0.3;
    const double MeaningShare = 0.9;

    readonly Dictionary<int, double[]> _fits = [];
    readonly string[] _stems = Array.ConvertAll(words, PorterStemmer.Stem);

    /// <summary>Fit of a relation with each stretch, shape [words, <see cref="StretchMax"/>]: in [0, 1], 0 below .3.</summary>
    public double[] Of(int relation)
    {
        if (!_fits.TryGetValue(relation, out var fits))
        {
            _fits.Add(relation, fits = Fits(facts.RelationKey(relation)));
        }

        return fits;
    }

    double[] Fits(string relation)
    {
        var fits = new double[words.Length * StretchMax];
        foreach (var parts in Relations.WaysToAsk(relation))
        {
            var content = parts.Split(' ').Where(part => !StopWords.Contains(part)).ToArray();
            if (content.Length > 0)
            {
                AddFits(content, fits);
            }
        }

        return fits;
    }

    /// <summary>Raises the fits to those of one way of asking.</summary>
    void AddFits(string[] parts, double[] fits)
    {
        // How far each word of the question is each word of the relation.
        var kin = new double[words.Length, parts.Length];
        for (var word = 0; word < words.Length; word++)
        {
            for (var part = 0; part < parts.Length; part++)
            {
                kin[word, part] = Kinship(word, parts[part]);
            }
        }

        for (var start = 0; start < words.Length; start++)
        {
            for (var length = 1; length <= Math.Min(StretchMax, words.Length - start); length++)
            {
                ref var fit = ref fits[(start * StretchMax) + length - 1];
                fit = Math.Max(fit, Fit(kin, start, length, parts.Length));
            }
        }
    }

    /// <summary>1 for the same stem, somewhat less for words of one meaning, less again where one is a kind of the other.</summary>
    double Kinship(int word, string part) =>
        _stems[word] == PorterStemmer.Stem(part) ? 1 : MeaningShare * Lexicon.Relatedness(words[word], part);

    /// <summary>Mean of how far the words are in the relation and the relation in the words.</summary>
    static double Fit(double[,] kin, int start, int length, int parts)
    {
        double ofWords = 0, ofParts = 0;
        for (var word = start; word < start + length; word++)
        {
            var best = 0.0;
            for (var part = 0; part < parts; part++)
            {
                best = Math.Max(best, kin[word, part]);
            }

            if (best == 0)
            {
                // A stretch holds no word that is none of the relation's: it would count as answered to.
                return 0;
            }

            ofWords += best;
        }

        for (var part = 0; part < parts; part++)
        {
            var best = 0.0;
            for (var word = start; word < start + length; word++)
            {
                best = Math.Max(best, kin[word, part]);
            }

            ofParts += best;
        }

        return ofWords / length > FitMin ? ((ofWords / length) + (ofParts / parts)) / 2 : 0;
    }
}
