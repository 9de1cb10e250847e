using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Numerics;

/// <summary>Bytes that are written and read again, and hashes that never change.</summary>
[TestFixture]
sealed class BlockTests
{
    static readonly string?[] Texts = ["", null, "plain", "Zoë 張 🙂", new('x', 5000)];

    [Test]
    public void What_is_written_is_read_back_in_order()
    {
        var table = new PagedTable<long>();
        for (var i = 0; i < 700; i++)
        {
            table.Add(i * 3L);
        }

        var reader = new BlockReader(Write(table).Written);
        Assert.That(reader.Read<ulong>(), Is.EqualTo(ulong.MaxValue));
        Assert.That(reader.Read<(int, int)>(), Is.EqualTo((7, -9)));
        Assert.That(reader.ReadArray<byte>(), Is.EqualTo("\u0001\u0002\u0003"u8.ToArray()));
        Assert.That(string.Join(' ', reader.ReadRow().Items.ToArray()), Is.EqualTo("2 5"));
        foreach (var text in Texts)
        {
            Assert.That(reader.ReadText(), Is.EqualTo(text));
        }

        var read = new PagedTable<long>();
        reader.ReadTable(read);
        Assert.That(read.Count, Is.EqualTo(table.Count));
        Assert.That(Enumerable.Range(0, read.Count).Select(i => read[i]), Is.EqualTo(Enumerable.Range(0, 700).Select(i => i * 3L)));
        Assert.That(reader.IsAtEnd, Is.True);
    }

    [Test]
    public void Torn_bytes_are_refused_wherever_they_end()
    {
        var table = new PagedTable<long>();
        table.Add(4);
        var bytes = Write(table).Written;
        for (var length = 0; length < bytes.Length; length += length < 60 ? 1 : 97)
        {
            Assert.That(() => ReadAll(bytes[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
        }
    }

    [TestCase(-2)]
    [TestCase(int.MaxValue)]
    [TestCase(int.MinValue)]
    public void A_length_that_cannot_be_is_refused(int length)
    {
        var writer = new BlockWriter();
        writer.Write(length);
        Assert.That(() => new BlockReader(writer.Written).ReadArray<byte>(), Throws.TypeOf<InvalidDataException>());
    }

    [TestCase(1 << 30)]
    [TestCase(int.MaxValue)]
    public void A_length_whose_size_in_bytes_overflows_is_refused_alike(int length)
    {
        var writer = new BlockWriter();
        writer.Write(length);
        Assert.That(() => new BlockReader(writer.Written).ReadArray<long>(), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => new BlockReader(writer.Written).ReadRow(), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Stable_hashes_are_what_they_always_were()
    {
        Assert.That(StableHash.Of(""), Is.EqualTo(Golden.Empty));
        Assert.That(StableHash.Of("Ada"), Is.EqualTo(Golden.Ada));
        Assert.That(StableHash.Of("a graph-based memory engine"), Is.EqualTo(Golden.Sentence));
        Assert.That(StableHash.Of("Ada", 7), Is.EqualTo(Golden.AdaSeeded));
        Assert.That(StableHash.Of(1, 2), Is.EqualTo(Golden.Pair));
    }

    [Test]
    public void One_changed_letter_changes_the_hash([Values(1, 2, 3, 4, 5, 8, 9, 17)] int length)
    {
        var text = new string('q', length);
        for (var at = 0; at < length; at++)
        {
            var changed = text.Remove(at, 1).Insert(at, "r");
            Assert.That(StableHash.Of(changed), Is.Not.EqualTo(StableHash.Of(text)), changed);
        }
    }

    [Test]
    public void Fields_of_a_content_hash_do_not_run_into_each_other()
    {
        static UInt128 Hash(params string?[] fields)
        {
            using var hash = new ContentHash("test");
            foreach (var field in fields)
            {
                hash.Add(field);
            }

            return hash.Id();
        }

        Assert.That(Hash("ab", "c"), Is.Not.EqualTo(Hash("a", "bc")));
        Assert.That(Hash("ab", null), Is.Not.EqualTo(Hash("ab", "")));
        Assert.That(Hash("Ada"), Is.EqualTo(Golden.Content));
    }

    static BlockWriter Write(PagedTable<long> table)
    {
        var writer = new BlockWriter();
        writer.Write(ulong.MaxValue);
        writer.Write((7, -9));
        writer.Write<byte>([1, 2, 3]);
        writer.Write(IntRow.Of([2, 5]));
        foreach (var text in Texts)
        {
            writer.Write(text);
        }

        writer.Write(table);
        return writer;
    }

    static void ReadAll(ReadOnlyMemory<byte> bytes)
    {
        var reader = new BlockReader(bytes);
        reader.Read<ulong>();
        reader.Read<(int, int)>();
        reader.ReadArray<byte>();
        reader.ReadRow();
        foreach (var _ in Texts)
        {
            reader.ReadText();
        }

        reader.ReadTable(new PagedTable<long>());
    }

    /// <summary>Values of the first version; those of the stable hash were computed by another program. A change here invalidates every stored hash.</summary>
    static class Golden
    {
        public const ulong Empty = 3806384473051541158;
        public const ulong Ada = 3909938485752842957;
        public const ulong Sentence = 12321063583218261483;
        public const ulong AdaSeeded = 10817334590624992746;
        public const ulong Pair = 17835814974728543209;
        public static readonly UInt128 Content = new(8373300564591138693UL, 8168997153895558725UL);
    }
}
