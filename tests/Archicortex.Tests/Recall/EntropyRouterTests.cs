using Archicortex.Recall;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

[TestFixture]
sealed class EntropyRouterTests
{
    [Test]
    public void Weights_are_never_negative_and_add_up_to_one([Range(1, 200)] int seed)
    {
        var levels = Levels(new Random(seed));
        var weights = EntropyRouter.Weights(levels);
        Assert.That(weights, Is.All.GreaterThanOrEqualTo(0), $"seed {seed}");
        Assert.That(weights.Sum(), Is.EqualTo(levels.Any(level => level.Length > 0) ? 1 : 0).Within(1e-12), $"seed {seed}");
        Assert.That(weights.Zip(levels).Where(pair => pair.Second.Length == 0).Select(pair => pair.First), Is.All.Zero, $"seed {seed}");
    }

    [Test]
    public void Neither_the_order_of_scores_nor_that_of_levels_matters([Range(1, 50)] int seed)
    {
        var random = new Random(seed);
        var levels = Levels(random);
        var order = Enumerable.Range(0, levels.Length).ToArray();
        random.Shuffle(order);
        var shuffled = order.Select(at => levels[at].OrderBy(_ => random.Next()).ToArray()).ToArray();
        var (weights, others) = (EntropyRouter.Weights(levels), EntropyRouter.Weights(shuffled));
        for (var i = 0; i < order.Length; i++)
        {
            Assert.That(others[i], Is.EqualTo(weights[order[i]]).Within(1e-12), $"seed {seed}");
        }
    }

    [Test]
    public void Scaling_the_scores_of_a_level_changes_nothing([Range(1, 30)] int seed)
    {
        var levels = Levels(new Random(seed));
        var scaled = levels.Select((level, at) => level.Select(score => score * (at + 3.5)).ToArray()).ToArray();
        Assert.That(EntropyRouter.Weights(scaled), Is.EqualTo(EntropyRouter.Weights(levels)).Within(1e-9), $"seed {seed}");
    }

    [Test]
    public void A_level_where_one_unit_stands_out_outweighs_one_where_all_are_alike()
    {
        double[] peaked = [10, 2, 2, 1, 1, 1, 1, 1];
        double[] flat = [10, 9.9, 9.9, 9.8, 9.8, 9.7, 9.7, 9.6];
        var weights = EntropyRouter.Weights([flat, peaked]);
        Assert.That(weights[1], Is.GreaterThan(10 * weights[0]));
    }

    [Test]
    public void Levels_without_a_decision_share_alike_and_empty_ones_get_nothing()
    {
        Assert.That(EntropyRouter.Weights([[3, 3, 3], [], [7, 7]]), Is.EqualTo(new[] { 0.5, 0, 0.5 }));
        Assert.That(EntropyRouter.Weights([[3], [2]]), Is.EqualTo(new[] { 0.5, 0.5 }), "one unit cannot stand out");
        Assert.That(EntropyRouter.Weights([[3], [9, 1, 1]]), Is.EqualTo(new[] { 0.0, 1 }).Within(1e-12));
        Assert.That(EntropyRouter.Weights([[], []]), Is.All.Zero);
        Assert.That(EntropyRouter.Weights([[0, 0, 0]]), Is.EqualTo(new[] { 1.0 }));
        Assert.That(EntropyRouter.Weights([]), Is.Empty);
    }

    /// <summary>Twenty units alike have an entropy of ln 20 = 3. Weighed by 1 − H, as MemGAS does, their level would get most, or less than nothing.</summary>
    [Test]
    public void MemGAS_an_entropy_above_one_does_not_turn_the_weights_over()
    {
        var flat = Enumerable.Repeat(1.0, 20).ToArray();
        double[] peaked = [1, .3, .3, .2, .2, .1, .1];
        var weights = EntropyRouter.Weights([flat, peaked]);
        var (h1, h2) = (Entropy(flat), Entropy(peaked));
        var unnormalised = (1 - h1) / (1 - h1 + (1 - h2));
        Assert.That(unnormalised, Is.Not.InRange(0, 0.5), "the defect shows on this input");
        Assert.That(weights[0], Is.Zero.Within(1e-9));
        Assert.That(weights[1], Is.EqualTo(1).Within(1e-9));
    }

    static double Entropy(double[] scores)
    {
        var shares = scores.Select(score => Math.Exp(score / 0.15)).ToArray();
        return -shares.Sum(share => share / shares.Sum() * Math.Log(share / shares.Sum()));
    }

    static double[][] Levels(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, random.Next(0, 80)).Select(_ => random.NextDouble() * 20).ToArray())];
}
