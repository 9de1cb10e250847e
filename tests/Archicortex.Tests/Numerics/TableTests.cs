using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Numerics;

/// <summary>The growing tables against the collections of the platform.</summary>
[TestFixture]
sealed class TableTests
{
    [Test]
    public void A_frozen_view_reads_the_same_after_ten_thousand_writes([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var table = new PagedTable<long>();
        var rows = new List<long>();
        var views = new List<(PagedTable<long>.Frozen View, long[] Rows)>();
        for (var step = 0; step < 10_000; step++)
        {
            if (rows.Count == 0 || random.Next(3) == 0)
            {
                Assert.That(table.Add(step), Is.EqualTo(rows.Count), $"seed {seed}");
                rows.Add(step);
            }
            else
            {
                var row = random.Next(rows.Count);
                table.Edit(row) = -step;
                rows[row] = -step;
            }

            if (random.Next(200) == 0)
            {
                views.Add((table.Freeze(), [.. rows]));
            }
        }

        views.Add((table.Freeze(), [.. rows]));
        foreach (var (view, expected) in views)
        {
            Assert.That(Enumerable.Range(0, view.Count).Select(row => view[row]), Is.EqualTo(expected), $"seed {seed}");
        }

        Assert.That(Enumerable.Range(0, table.Count).Select(row => table[row]), Is.EqualTo(rows), $"seed {seed}");
    }

    [Test]
    public void A_row_of_numbers_agrees_with_a_sorted_set_and_old_copies_survive([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        var row = default(IntRow);
        var set = new SortedSet<int>();
        var copies = new List<(IntRow Row, int[] Items)>();
        for (var step = 0; step < 3000; step++)
        {
            var value = random.Next(400);
            switch (random.Next(5))
            {
                case 0 when set.Count == 0 || value > set.Max:
                    row = row.Append(value);
                    set.Add(value);
                    break;
                case 1:
                    row = row.Remove(value);
                    set.Remove(value);
                    break;
                case 2 when random.Next(10) == 0:
                    row = row.RemoveRange(value, value + 9);
                    set.RemoveWhere(item => item >= value && item < value + 9);
                    break;
                default:
                    row = row.Insert(value);
                    set.Add(value);
                    break;
            }

            Assert.That(row.Contains(value), Is.EqualTo(set.Contains(value)), $"seed {seed}, step {step}");
            Assert.That(row.LowerBound(value), Is.EqualTo(set.Count(item => item < value)), $"seed {seed}, step {step}");
            copies.Add((row, [.. set]));
        }

        foreach (var (copy, items) in copies)
        {
            Assert.That(copy.Items.ToArray(), Is.EqualTo(items), $"seed {seed}");
        }
    }

    [Test]
    public void A_row_made_of_others_is_a_copy()
    {
        int[] items = [1, 4, 9];
        var row = IntRow.Of(items);
        items[0] = 7;
        Assert.That(string.Join(' ', row.Items.ToArray()), Is.EqualTo("1 4 9"));
        Assert.That(IntRow.Of([]).Count, Is.Zero);
    }

    [Test]
    public void Texts_get_the_numbers_a_dictionary_gives_them([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var table = new StringTable();
        var numbers = new Dictionary<string, int>();
        for (var step = 0; step < 20_000; step++)
        {
            var text = RandomText(random);
            Assert.That(table.Find(text), Is.EqualTo(numbers.GetValueOrDefault(text, -1)), $"seed {seed}: '{text}'");
            if (random.Next(2) == 0)
            {
                numbers.TryAdd(text, numbers.Count);
                Assert.That(table.FindOrAdd(text), Is.EqualTo(numbers[text]), $"seed {seed}: '{text}'");
            }
        }

        Assert.That(table.Count, Is.EqualTo(numbers.Count));
        foreach (var (text, number) in numbers)
        {
            Assert.That(table[number], Is.EqualTo(text), $"seed {seed}");
        }
    }

    [Test]
    public void Pairs_keep_the_numbers_a_dictionary_keeps([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var table = new PairTable();
        var numbers = new Dictionary<(int, int), int>();
        for (var step = 0; step < 20_000; step++)
        {
            var pair = (random.Next(150), random.Next(150));
            Assert.That(table.Find(pair.Item1, pair.Item2), Is.EqualTo(numbers.GetValueOrDefault(pair, -1)), $"seed {seed}: {pair}");
            if (numbers.TryAdd(pair, step))
            {
                table.Add(pair.Item1, pair.Item2, step);
            }
        }

        foreach (var ((first, second), number) in numbers)
        {
            Assert.That(table.Find(first, second), Is.EqualTo(number), $"seed {seed}");
        }
    }

    [Test]
    public async Task A_reader_beside_the_writer_finds_every_text_and_pair_that_was_there_before()
    {
        const int Count = 60_000;
        var texts = new StringTable();
        var pairs = new PairTable();
        var written = 0;
        var reader = Task.Run(() =>
        {
            var random = new Random(5);
            for (var known = 0; known < Count; known = Volatile.Read(ref written))
            {
                if (known == 0)
                {
                    continue;
                }

                var number = random.Next(known);
                if (texts.Find(Text(number)) != number || texts[number] != Text(number)
                    || pairs.Find(number >> 8, number) != number || texts.Find("never there") != -1)
                {
                    return number;
                }
            }

            return -1;
        });
        for (var i = 0; i < Count; i++)
        {
            texts.FindOrAdd(Text(i));
            pairs.Add(i >> 8, i, i);
            Volatile.Write(ref written, i + 1);
        }

        Assert.That(await reader, Is.EqualTo(-1), "the reader missed this number");
    }

    static string Text(int number) => "text " + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string RandomText(Random random)
    {
        var letters = new char[random.Next(4)];
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)(random.Next(6) == 0 ? 0x4E00 + random.Next(4) : 'a' + random.Next(20));
        }

        return new string(letters);
    }
}
