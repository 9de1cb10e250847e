using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Numerics;

/// <summary>The k best of a stream against a sort of all of it.</summary>
[TestFixture]
sealed class TopRowsTests
{
    [Test]
    public void The_rows_kept_are_those_a_sort_puts_first_in_whatever_order_they_come([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 300);
        var limit = random.Next(1, 60);

        // Few distinct scores make ties; a difference of 1e-13 is no difference.
        var rows = Enumerable.Range(0, count)
            .Select(row => (Score: (random.Next(20) * 0.25) + (random.Next(3) * 1e-13), Key: (UInt128)(uint)((row * 7919) % 10007), Row: row))
            .ToArray();
        var expected = rows.OrderByDescending(row => Math.Round(row.Score * 1e12)).ThenBy(row => row.Key)
            .Take(limit).Select(row => row.Row).ToArray();
        for (var round = 0; round < 5; round++)
        {
            random.Shuffle(rows);
            var top = new TopRows(limit);
            foreach (var (score, key, row) in rows)
            {
                if (!top.Rejects(score))
                {
                    top.Add(score, key, row);
                }
            }

            Assert.That(top.Rows(), Is.EqualTo(expected), $"seed {seed}, round {round}");
            Assert.That(top.Count, Is.EqualTo(expected.Length), $"seed {seed}");
        }
    }

    [Test]
    public void Of_scores_that_differ_in_their_last_bits_the_smaller_key_wins()
    {
        var top = new TopRows(2);
        top.Add(0.3 + 1e-14, 9, 1);
        top.Add(0.3, 4, 2);
        top.Add(0.1 + 0.2, 2, 3);
        Assert.That(string.Join(' ', top.Rows()), Is.EqualTo("3 2"));
    }

    [Test]
    public void Nothing_is_rejected_before_there_are_enough_rows()
    {
        var top = new TopRows(2);
        top.Add(5, 0, 0);
        Assert.That(top.Rejects(-1), Is.False);
        top.Add(4, 1, 1);
        Assert.That(top.Rejects(4), Is.False, "a tie may still win by its key");
        Assert.That(top.Rejects(3.9), Is.True);
    }
}
