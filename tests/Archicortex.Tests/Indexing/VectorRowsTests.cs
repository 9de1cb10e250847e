using Archicortex.Indexing;
using NUnit.Framework;

namespace Archicortex.Tests.Indexing;

[TestFixture]
public sealed class VectorRowsTests
{
    const int Seed = 20_260_404;

    [Test]
    public void A_search_finds_what_comparing_with_all_finds_and_passes_over_what_is_gone()
    {
        var random = new Random(Seed);
        for (var run = 0; run < 60; run++)
        {
            var (dimension, count) = (random.Next(1, 40), random.Next(1, 300));
            var rows = new VectorRows(dimension);
            var vectors = Enumerable.Range(0, count).Select(_ => Unit(random, dimension)).ToArray();
            foreach (var row in Enumerable.Range(0, count).OrderBy(_ => random.Next()))
            {
                rows.Put(row, vectors[row]);
            }

            var units = new SomeRows(random.Next(1, count + 10), row => row % 3 != 1);
            var query = Unit(random, dimension);
            var top = random.Next(1, 20);
            var expected = Enumerable.Range(0, Math.Min(count, units.Count)).Where(units.IsLive)
                .Select(row => (Row: row, Cosine: VectorRows.Cosine(query, vectors[row])))
                .OrderByDescending(hit => hit.Cosine).ThenBy(hit => units.Key(hit.Row)).ToList();
            var found = rows.Search<SomeRows>(query, top, units);
            Assert.That(found.Select(hit => hit.Row), Is.EqualTo(expected.Take(top).Select(hit => hit.Row)), $"seed {Seed}, run {run}");
            Assert.That(rows.Least<SomeRows>(query, units), Is.EqualTo(expected.Count == 0 ? 1 : Math.Min(1, expected[^1].Cosine)), $"seed {Seed}, run {run}");
        }
    }

    [Test]
    public void A_vector_of_zeros_is_known_and_never_found()
    {
        var rows = new VectorRows(3);
        rows.Put(0, new float[3]);
        Assert.That((rows.Has(0), rows.Has(1), rows[0].Length), Is.EqualTo((true, false, 0)));
        Assert.That(rows.Search([1, 0, 0], 5, new SomeRows(9, _ => true)), Is.Empty);
        rows.Put(1, new float[] { 1, 0, 0 });
        Assert.That(rows.Search([0, 0, 0], 5, new SomeRows(9, _ => true)), Is.Empty);
    }

    [Test]
    public void Vectors_of_another_dimension_are_refused()
    {
        var rows = new VectorRows(3);
        Assert.That(() => rows.Put(0, new float[4]), Throws.ArgumentException.With.Message.Contains("4").And.Message.Contains("3"));
        Assert.That(() => rows.Search([1, 0], 5, new SomeRows(9, _ => true)), Throws.ArgumentException);
    }

    [Test]
    public void A_search_allocates_nothing_that_grows_with_the_rows()
    {
        long Allocated(int count)
        {
            var random = new Random(Seed);
            var rows = new VectorRows(64);
            for (var row = 0; row < count; row++)
            {
                rows.Put(row, Unit(random, 64));
            }

            var query = Unit(random, 64);
            var units = new SomeRows(count, _ => true);
            rows.Search<SomeRows>(query, 10, units);
            var before = GC.GetAllocatedBytesForCurrentThread();
            rows.Search<SomeRows>(query, 10, units);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(Allocated(20_000), Is.EqualTo(Allocated(100)).Within(64));
    }

    static float[] Unit(Random random, int dimension)
    {
        var vector = Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble() - .5f).ToArray();
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return Array.ConvertAll(vector, x => x / norm);
    }

    readonly struct SomeRows(int count, Func<int, bool> isLive) : IVectorUnits
    {
        public int Count => count;

        public bool IsLive(int row) => isLive(row);

        /// <summary>Not in the order of the rows.</summary>
        public UInt128 Key(int row) => (UInt128)((row * 7919) % 10_007);

        public string Text(int row) => "";
    }
}
