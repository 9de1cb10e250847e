using Archicortex.Indexing;
using Archicortex.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Indexing;

/// <summary>Nearest vectors against a plain loop, and vectors that need no model.</summary>
[TestFixture]
sealed class ExactIndexTests
{
    static readonly string[] Texts =
        ["The harbour of Tarn was built in 1912.", "She paints boats.", "", "the of and", "海边的小镇", "Boats, boats and boats again."];

    [Test]
    public void The_hits_are_those_of_a_plain_loop([Range(1, 25)] int seed)
    {
        var random = new Random(seed);
        var dimension = random.Next(1, 40);
        var index = new ExactIndex(dimension);
        var vectors = new Dictionary<int, float[]>();
        for (var step = 0; step < 150; step++)
        {
            var row = random.Next(90);
            if (random.Next(4) == 0)
            {
                index.Remove(row);
                vectors.Remove(row);
                continue;
            }

            // Whole numbers of a small range: ties are common.
            var vector = Vector(random, dimension);
            index.Put(row, vector);
            vectors.Remove(row);
            if (vector.Any(number => number != 0))
            {
                vectors[row] = vector;
            }
        }

        Assert.That(index.Count, Is.EqualTo(vectors.Count), $"seed {seed}");
        var query = Vector(random, dimension);
        query[0] = 1;
        var hits = new VectorHit[random.Next(1, 100)];
        var found = index.Search(query, hits);
        Assert.That(found, Is.EqualTo(Math.Min(hits.Length, vectors.Count)), $"seed {seed}");
        var expected = vectors.ToDictionary(pair => pair.Key, pair => Cosine(query, pair.Value));
        var best = expected.OrderByDescending(pair => pair.Value).Take(found).Select(pair => pair.Value).ToArray();
        for (var i = 0; i < found; i++)
        {
            Assert.That(hits[i].Score, Is.EqualTo(expected[hits[i].Row]).Within(1e-6), $"seed {seed}");
            Assert.That(hits[i].Score, Is.EqualTo(best[i]).Within(1e-6), $"seed {seed}");
        }

        Assert.That(hits[..found].Select(hit => hit.Row), Is.Unique, $"seed {seed}");
    }

    [Test]
    public void Of_equal_rows_the_lower_comes_first()
    {
        var index = new ExactIndex(3);
        foreach (var row in (int[])[40, 3, 17, 8])
        {
            index.Put(row, [1, 2, 3]);
        }

        var hits = new VectorHit[3];
        index.Search([3, 2, 1], hits);
        Assert.That(string.Join(' ', hits.Select(hit => hit.Row)), Is.EqualTo("3 8 17"));
    }

    [Test]
    public void Zero_vectors_and_zero_queries_find_nothing()
    {
        var index = new ExactIndex(2);
        index.Put(0, [0, 0]);
        Assert.That(index.Count, Is.Zero);
        index.Put(0, [1, 0]);
        Assert.That(index.Search([0, 0], new VectorHit[1]), Is.Zero);
        Assert.That(index.Search([1, 0], []), Is.Zero);
        index.Put(0, [0, 0]);
        Assert.That(index.Search([1, 0], new VectorHit[1]), Is.Zero, "a zero vector takes the place of the old one");
    }

    [Test]
    public void Wrong_vectors_are_refused_and_leave_the_row_as_it_was()
    {
        var index = new ExactIndex(2);
        index.Put(0, [1, 0]);
        Assert.That(() => index.Put(0, [1, 2, 3]), Throws.ArgumentException);
        Assert.That(() => index.Search([1], new VectorHit[1]), Throws.ArgumentException);
        Assert.That(() => index.Put(-1, [1, 2]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ExactIndex(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        foreach (var number in (float[])[float.NaN, float.PositiveInfinity])
        {
            Assert.That(() => index.Put(0, [1, number]), Throws.ArgumentException);
            Assert.That(index.Count, Is.EqualTo(1), "a refused vector changes nothing");
        }
    }

    [Test]
    public async Task Hashed_vectors_have_length_one_and_do_not_depend_on_their_neighbours()
    {
        var embedder = new HashedEmbedder(256);
        var together = await embedder.EmbedAsync(Texts);
        for (var i = 0; i < Texts.Length; i++)
        {
            var alone = (await embedder.EmbedAsync([Texts[i]]))[0];
            Assert.That(together[i].ToArray(), Is.EqualTo(alone.ToArray()), Texts[i]);
            var norm = Math.Sqrt(alone.ToArray().Sum(number => (double)number * number));
            Assert.That(norm, Is.EqualTo(i is 2 or 3 ? 0 : 1).Within(1e-6), Texts[i]);
        }
    }

    [Test]
    public async Task Hashed_vectors_are_what_they_always_were()
    {
        var vector = (await new HashedEmbedder(16).EmbedAsync(["Ada sold the boats"]))[0].ToArray();
        Assert.That(string.Join(' ', vector.Select(number => Math.Round(number * 10000))), Is.EqualTo("0 5083 0 0 0 -6608 1525 1525 0 0 0 0 0 0 -5083 0"));
        Assert.That(new HashedEmbedder().Identity, Is.EqualTo("hashed-1:1024"));
    }

    static float[] Vector(Random random, int dimension) => [.. Enumerable.Range(0, dimension).Select(_ => (float)random.Next(-2, 3))];

    static double Cosine(float[] a, float[] b)
    {
        double Norm(float[] vector) => Math.Sqrt(vector.Sum(number => (double)number * number));
        return a.Zip(b).Sum(pair => (double)pair.First * pair.Second) / Norm(a) / Norm(b);
    }
}
