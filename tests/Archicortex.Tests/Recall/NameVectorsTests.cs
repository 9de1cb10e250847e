using Archicortex.Documents;
using Archicortex.Indexing;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
public sealed class NameVectorsTests
{
    const int Seed = 20_260_405;
    const double Cosine = 0.5;

    static readonly string[] Words = ["north", "south", "mill", "bridge", "abbey", "river", "tower", "old", "green", "port"];

    [Test]
    public void Each_pair_of_names_is_compared_once_and_batches_and_order_do_not_show()
    {
        var random = new Random(Seed);
        var documents = Enumerable.Range(0, 60).Select(i => Document(i, random)).ToArray();
        var expected = default(string[]);
        for (var run = 0; run < 6; run++)
        {
            random.Shuffle(documents);
            var embedder = new ScriptedEmbedder("a", 32);
            var memory = new TestMemory();
            var rows = new VectorRows(32);
            var names = new NameVectors(rows, Cosine);
            long known = 0;
            foreach (var batch in documents.Chunk(1 + (run * 7)))
            {
                Array.ForEach(batch, memory.Remember);
                var facts = memory.View.Facts;
                var before = (Comparisons: names.Comparisons, Known: known);
                for (var row = (int)known; row < facts.EntityCount; row++)
                {
                    rows.Put(row, Unit(embedder.VectorOf(facts.EntityKey(row))));
                }

                names.Extend(facts);
                known = facts.EntityCount;
                var added = known - before.Known;
                Assert.That(
                    names.Comparisons - before.Comparisons, Is.EqualTo((added * before.Known) + (added * (added - 1) / 2)), $"seed {Seed}, run {run}");
                names.Extend(facts);
                Assert.That(names.Comparisons - before.Comparisons, Is.EqualTo((added * before.Known) + (added * (added - 1) / 2)), "Nothing twice");
            }

            var last = memory.View.Facts;
            var pairs = names.Pairs(Cosine, last).Select(pair => string.Join('~', new[] { last.EntityKey(pair.First), last.EntityKey(pair.Second) }.Order(StringComparer.Ordinal)) + $" {pair.Cosine}")
                .Order(StringComparer.Ordinal).ToArray();
            expected ??= pairs;
            Assert.That(pairs, Is.EqualTo(expected).And.Not.Empty, $"seed {Seed}, run {run}");
        }
    }

    [Test]
    public void A_name_keeps_its_nearest_hundred_and_names_of_no_fact_are_passed_over()
    {
        var memory = new TestMemory();
        var documents = Enumerable.Range(0, 150).Select(i => Fact(i, "hub", $"n{i}")).ToArray();
        Array.ForEach(documents, memory.Remember);
        var facts = memory.View.Facts;
        var rows = new VectorRows(2);
        for (var row = 0; row < facts.EntityCount; row++)
        {
            // All are near the hub, and the further round the circle the less.
            var angle = facts.EntityKey(row) == "hub" ? 0 : row * 0.004f;
            rows.Put(row, new[] { MathF.Cos(angle), MathF.Sin(angle) });
        }

        var names = new NameVectors(rows, 0.1);
        names.Extend(facts);
        Assert.That(names.Pairs(0.1, facts).Count(), Is.LessThan(151 * 150 / 2));
        Array.ForEach(documents, memory.Forget);
        Assert.That(names.Pairs(0.1, memory.View.Facts), Is.Empty);
    }

    static Document Document(int number, Random random)
    {
        string Name() => $"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]}";
        return Fact(number, Name(), Name());
    }

    static Document Fact(int number, string subject, string @object) =>
        new($"Note {number}: {subject} is beside {@object}.") { Id = $"d{number}", Triples = [new Triple(subject, "beside", @object)] };

    static float[] Unit(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return norm == 0 ? vector : Array.ConvertAll(vector, x => x / norm);
    }
}
