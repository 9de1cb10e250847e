using System.Diagnostics;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Indexing;

/// <summary>Which passages have which stems, how often, and in the title: the counts behind BM25.</summary>
/// <remarks>
/// Counts only: inverse frequencies and lengths enter when a question is scored, so that the order and batching of
/// documents cannot show. One writer; readers hold a snapshot.
/// </remarks>
sealed class LexicalIndex
{
    readonly PagedTable<StemRecord> _stems = new();
    readonly PagedTable<int> _lengths = new();
    readonly Dictionary<int, int> _counts = [];
    readonly SortedSet<int> _order = [];
    long _totalLength;
    int _liveCount;

    /// <summary>Enters a passage in the row the graph gave it.</summary>
    public void Add(int passage, PassageReading reading, Vocabulary vocabulary)
    {
        Debug.Assert(passage == _lengths.Count, "Graph and index number passages alike.");
        Count(reading, vocabulary);
        while (_stems.Count < vocabulary.StemCount)
        {
            _stems.Add(default);
        }

        foreach (var stem in _order)
        {
            ref var record = ref _stems.Edit(stem);
            record.Postings = record.Postings.Append(Posting.Of(passage, _counts[stem]));
        }

        EditTitle(passage, reading, vocabulary, add: true);
        _lengths.Add(reading.Buffer.Count);
        _totalLength += reading.Buffer.Count;
        _liveCount++;
    }

    /// <summary>Takes a passage out; the reading must be that of the passage.</summary>
    public void Remove(int passage, PassageReading reading, Vocabulary vocabulary)
    {
        Count(reading, vocabulary);
        foreach (var stem in _order)
        {
            ref var record = ref _stems.Edit(stem);
            record.Postings = record.Postings.RemoveRange(Posting.Of(passage, 0), Posting.Of(passage + 1, 0));
        }

        EditTitle(passage, reading, vocabulary, add: false);
        _totalLength -= _lengths[passage];
        _lengths.Edit(passage) = 0;
        _liveCount--;
    }

    public LexicalSnapshot Freeze() => new(_stems.Freeze(), _lengths.Freeze(), _liveCount, _totalLength);

    public void Save(BlockWriter writer)
    {
        writer.Write(_totalLength);
        writer.Write(_liveCount);
        writer.Write(_lengths);
        writer.Write(_stems.Count);
        for (var i = 0; i < _stems.Count; i++)
        {
            writer.Write(_stems[i].Postings);
            writer.Write(_stems[i].Titles);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty index.</summary>
    public void Load(BlockReader reader)
    {
        _totalLength = reader.Read<long>();
        _liveCount = reader.ReadInt();
        reader.ReadTable(_lengths);
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            _stems.Add(new() { Postings = reader.ReadRow(), Titles = reader.ReadRow() });
        }
    }

    void Count(PassageReading reading, Vocabulary vocabulary)
    {
        _counts.Clear();
        _order.Clear();
        foreach (var word in reading.Words)
        {
            var stem = vocabulary.StemOf(word);
            _counts[stem] = _counts.GetValueOrDefault(stem) + 1;
            _order.Add(stem);
        }
    }

    void EditTitle(int passage, PassageReading reading, Vocabulary vocabulary, bool add)
    {
        var heading = reading.Heading;
        foreach (var word in reading.Words.Slice(heading.Start, heading.Count))
        {
            ref var record = ref _stems.Edit(vocabulary.StemOf(word));
            record.Titles = add ? record.Titles.Insert(passage) : record.Titles.Remove(passage);
        }
    }
}

/// <summary>Where a stem stands.</summary>
struct StemRecord
{
    /// <summary>One <see cref="Posting"/> a passage, ascending.</summary>
    public IntRow Postings;

    /// <summary>Passages with the stem in their title, ascending.</summary>
    public IntRow Titles;
}

/// <summary>Passage and count in one number: 24 bits of passage, 8 of count.</summary>
static class Posting
{
    const int CountBits = 8;

    public const int CountMax = (1 << CountBits) - 1;

    /// <summary>Passages one memory can hold.</summary>
    public const int PassageMax = (1 << (31 - CountBits)) - 1;

    public static int Of(int passage, int count) => (passage << CountBits) | Math.Min(count, CountMax);

    public static int Passage(int posting) => posting >> CountBits;

    public static int Count(int posting) => posting & CountMax;
}
