using Archicortex.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class CalibrationTests
{
    const int Seed = 20_260_403;

    [Test]
    public void Quantiles_rise_lie_among_the_cosines_and_do_not_depend_on_their_order()
    {
        var random = new Random(Seed);
        for (var run = 0; run < 200; run++)
        {
            var cosines = Enumerable.Range(0, random.Next(1, 3000)).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
            var quantiles = CosineQuantiles.Of(cosines.ToArray());
            double[] rising = [quantiles.Q50, quantiles.Q90, quantiles.Q95, quantiles.Q97, quantiles.Q99, quantiles.Q995, quantiles.Q999];
            Assert.That(rising, Is.Ordered, $"seed {Seed}, run {run}");
            Assert.That(rising[0], Is.GreaterThanOrEqualTo(Math.Round(cosines.Min(), 6)), $"seed {Seed}, run {run}");
            Assert.That(rising[^1], Is.LessThanOrEqualTo(Math.Round(cosines.Max(), 6)), $"seed {Seed}, run {run}");
            random.Shuffle(cosines);
            Assert.That(CosineQuantiles.Of(cosines), Is.EqualTo(quantiles), $"seed {Seed}, run {run}");
        }
    }

    [Test]
    public void Quantiles_are_those_of_a_sorted_list()
    {
        var quantiles = CosineQuantiles.Of([.. Enumerable.Range(1, 1000).Select(i => i / 1000f)]);
        Assert.That(quantiles, Is.EqualTo(new CosineQuantiles(.5, .9, .95, .97, .99, .995, .999)));
    }

    [Test]
    public void The_same_sample_gives_the_same_table_and_thresholds_rise()
    {
        var sample = Sample(300, 64);
        var calibration = Calibration.Of(sample, default)!;
        Assert.That(Calibration.Of([.. sample.Select(vector => (ReadOnlyMemory<float>)vector.ToArray())], default), Is.EqualTo(calibration));
        foreach (var embedder in new[] { "hashed-1:64", "lsa-1:64", "model:x" })
        {
            foreach (var thresholds in new[] { SimilarityThresholds.Of(embedder, calibration), SimilarityThresholds.Default(embedder) })
            {
                double[] rising = [thresholds.Related, thresholds.Link, thresholds.TreeDeep, thresholds.Merge, thresholds.Duplicate];
                Assert.That(rising, Is.Ordered, embedder);
                Assert.That(thresholds.Duplicate, Is.GreaterThanOrEqualTo(SimilarityThresholds.Default(embedder).Duplicate), embedder);
            }
        }

        Assert.That(SimilarityThresholds.Of("model:x", calibration).Synonym, Is.EqualTo(.8));
        Assert.That(SimilarityThresholds.Of("hashed-1:64", calibration).Synonym, Is.EqualTo(calibration.Pairs.Q999));
    }

    [TestCase(49, true)]
    [TestCase(50, false)]
    public void Too_few_units_keep_the_defaults(int units, bool areDefaults) => Assert.That(
        SimilarityThresholds.Of("hashed-1:64", Calibration.Of(Sample(units, 64), default)).Equals(SimilarityThresholds.Default("hashed-1:64")), Is.EqualTo(areDefaults));

    [TestCase(0)]
    [TestCase(1)]
    public void Without_a_pair_there_is_no_table(int units) => Assert.That(Calibration.Of(Sample(units, 8), default), Is.Null);

    [Test]
    public void Nearest_neighbours_are_nearer_than_pairs()
    {
        var calibration = Calibration.Of(Sample(200, 32), default)!;
        Assert.That(calibration.Nearest.Q50, Is.GreaterThan(calibration.Pairs.Q95));
    }

    static List<ReadOnlyMemory<float>> Sample(int count, int dimension)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var vector = Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble() - .4f).ToArray();
            var norm = MathF.Sqrt(vector.Sum(x => x * x));
            return (ReadOnlyMemory<float>)Array.ConvertAll(vector, x => x / norm);
        })];
    }
}
