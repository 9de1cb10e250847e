using System.Globalization;
using System.Numerics.Tensors;
using Archicortex.Documents;
using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Numerics;

namespace Archicortex.Benchmarks.Quality;

/// <summary>Latent semantic analysis over the passages of one set: a stand-in for a model, better than hashing at what words mean together.</summary>
/// <remarks>
/// Term vectors are the right singular vectors of the TF-IDF matrix, by subspace iteration from a seeded start; a text is the
/// idf-weighted sum of its terms' vectors. Deerwester et al. 1990; randomised range finding after Halko et al. 2011.
/// </remarks>
sealed class LsaEmbedder : ITextEmbedder
{
    const int Rounds = 4;
    const ulong Seed = 17;

    readonly Dictionary<string, (double Idf, float[] Vector)> _terms;

    LsaEmbedder(string corpus, int dimension, Dictionary<string, (double, float[])> terms) =>
        (Identity, Dimension, _terms) = ($"lsa-1:{dimension}:{corpus}", dimension, terms);

    public string Identity { get; }

    public int Dimension { get; }

    public static LsaEmbedder Of(IEnumerable<Document> corpus, int dimension)
    {
        var texts = corpus.Select(document => Terms($"{document.Title}\n{document.Text}")).ToList();
        var numbers = new Dictionary<string, int>();
        var documents = texts.ConvertAll(text => text.GroupBy(term => term)
            .Select(group => (Term: numbers.TryGetValue(group.Key, out var known) ? known : numbers[group.Key] = numbers.Count, Count: group.Count())).ToArray());
        var frequency = new int[numbers.Count];
        foreach (var (term, _) in documents.SelectMany(document => document))
        {
            frequency[term]++;
        }

        var idf = Array.ConvertAll(frequency, count => Math.Log((double)documents.Count / count) + 1);
        var rows = documents.ConvertAll(document => Scaled(document, idf));
        var basis = Basis(rows, numbers.Count, dimension);
        using var hash = new ContentHash("lsa");
        foreach (var term in numbers.Keys)
        {
            hash.Add(term);
        }

        var corpusName = ((ulong)hash.Id()).ToString("x16", CultureInfo.InvariantCulture);
        return new(corpusName, dimension, numbers.ToDictionary(pair => pair.Key, pair => (idf[pair.Value], basis[pair.Value])));
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. texts.Select(text => (ReadOnlyMemory<float>)Embed(text))]);

    float[] Embed(string text)
    {
        var sum = new float[Dimension];
        foreach (var group in Terms(text).GroupBy(term => term))
        {
            if (_terms.TryGetValue(group.Key, out var term))
            {
                var weight = (float)((1 + Math.Log(group.Count())) * term.Idf);
                for (var k = 0; k < sum.Length; k++)
                {
                    sum[k] += weight * term.Vector[k];
                }
            }
        }

        return sum;
    }

    /// <summary>An orthonormal basis of the terms' leading subspace: a vector a term.</summary>
    static float[][] Basis(List<(int Term, float Weight)[]> rows, int terms, int dimension)
    {
        var basis = new float[terms][];
        for (var term = 0; term < terms; term++)
        {
            basis[term] = [.. Enumerable.Range(0, dimension).Select(k => (StableHash.Of(Seed + (ulong)k, (ulong)term) >> 63) == 0 ? 1f : -1f)];
        }

        for (var round = 0; round < Rounds; round++)
        {
            var next = Enumerable.Range(0, terms).Select(_ => new float[dimension]).ToArray();
            var seen = new float[dimension];
            foreach (var row in rows)
            {
                Array.Clear(seen);
                foreach (var (term, weight) in row)
                {
                    TensorPrimitives.MultiplyAdd(basis[term], weight, seen, seen);
                }

                foreach (var (term, weight) in row)
                {
                    TensorPrimitives.MultiplyAdd(seen, weight, next[term], next[term]);
                }
            }

            Orthonormalise(next, dimension);
            basis = next;
        }

        return basis;
    }

    /// <summary>Gram–Schmidt over columns, twice as is usual; the columns are held as rows meanwhile.</summary>
    static void Orthonormalise(float[][] rows, int dimension)
    {
        var columns = Enumerable.Range(0, dimension).Select(k => rows.Select(row => row[k]).ToArray()).ToArray();
        for (var k = 0; k < dimension; k++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var before = 0; before < k; before++)
                {
                    var dot = TensorPrimitives.Dot<float>(columns[before], columns[k]);
                    TensorPrimitives.MultiplyAdd(columns[before], -dot, columns[k], columns[k]);
                }
            }

            var norm = TensorPrimitives.Norm<float>(columns[k]);
            TensorPrimitives.Divide(columns[k], Math.Max(norm, 1e-20f), columns[k]);
        }

        for (var term = 0; term < rows.Length; term++)
        {
            for (var k = 0; k < dimension; k++)
            {
                rows[term][k] = columns[k][term];
            }
        }
    }

    static (int Term, float Weight)[] Scaled((int Term, int Count)[] document, double[] idf)
    {
        var weights = document.Select(entry => (entry.Term, Weight: (1 + Math.Log(entry.Count)) * idf[entry.Term])).ToArray();
        var norm = Math.Sqrt(weights.Sum(entry => entry.Weight * entry.Weight));
        return [.. weights.Select(entry => (entry.Term, (float)(entry.Weight / norm)))];
    }

    static List<string> Terms(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var terms = new List<string>();
        foreach (var token in buffer.Tokens)
        {
            var folded = buffer.Folded(token);
            if (!StopWords.Contains(folded))
            {
                terms.Add(PorterStemmer.Stem(folded.ToString()));
            }
        }

        return terms;
    }
}
