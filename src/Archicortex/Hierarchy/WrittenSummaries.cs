using System.Collections.Immutable;
using Archicortex.Numerics;

namespace Archicortex.Hierarchy;

/// <summary>A summary that a model wrote.</summary>
/// <param name="LeafSet">The passages it is of, as the sum of their keys.</param>
/// <param name="Writer">Model and prompt.</param>
/// <param name="Text">What it wrote.</param>
/// <param name="Sources">Content ids of the passages it was given.</param>
sealed record WrittenSummary(ulong LeafSet, string Writer, string Text, IReadOnlyList<UInt128> Sources);

/// <summary>The summaries that models wrote, by the set of passages they are of.</summary>
/// <remarks>
/// A topic that gains or loses a passage has another set and is thereby without a written summary; one that comes to have the
/// same passages again has it again. When a passage is forgotten, all that was written from it goes.
/// </remarks>
sealed class WrittenSummaries
{
    /// <summary>Summaries that are kept; beyond that the oldest goes.</summary>
    public const int Most = 100_000;

    readonly Dictionary<UInt128, List<ulong>> _bySource = [];
    readonly SortedDictionary<long, ulong> _order = [];
    readonly Dictionary<ulong, long> _places = [];
    long _next;

    /// <summary>The summaries; a frozen view keeps the dictionary as it was.</summary>
    public ImmutableDictionary<ulong, WrittenSummary> All { get; private set; } = ImmutableDictionary<ulong, WrittenSummary>.Empty;

    /// <summary>Takes a summary in, in place of one of the same set.</summary>
    public void Add(WrittenSummary summary)
    {
        Drop(summary.LeafSet);
        All = All.Add(summary.LeafSet, summary);
        _order.Add(_next, summary.LeafSet);
        _places.Add(summary.LeafSet, _next++);
        foreach (var source in summary.Sources)
        {
            if (!_bySource.TryGetValue(source, out var sets))
            {
                _bySource.Add(source, sets = []);
            }

            sets.Add(summary.LeafSet);
        }

        while (All.Count > Most)
        {
            Drop(_order.First().Value);
        }
    }

    /// <summary>A passage is forgotten, and what was written from it.</summary>
    public void Forget(UInt128 source)
    {
        if (_bySource.TryGetValue(source, out var sets))
        {
            foreach (var set in sets.ToArray())
            {
                Drop(set);
            }
        }
    }

    /// <summary>Hashes what was written, in an order that does not depend on how it came.</summary>
    public void AddState(ContentHash hash)
    {
        if (All.IsEmpty)
        {
            return;
        }

        hash.Add(All.Count);
        foreach (var summary in All.Values.OrderBy(one => one.LeafSet))
        {
            hash.Add((long)summary.LeafSet).Add(summary.Writer).Add(summary.Text).Add(summary.Sources.Count);
            foreach (var source in summary.Sources)
            {
                hash.Add(source);
            }
        }
    }

    public void Save(BlockWriter writer)
    {
        writer.Write(_order.Count);
        foreach (var set in _order.Values)
        {
            var summary = All[set];
            writer.Write(set);
            writer.Write(summary.Writer);
            writer.Write(summary.Text);
            writer.Write<UInt128>([.. summary.Sources]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(BlockReader reader)
    {
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            Add(new(reader.Read<ulong>(), reader.ReadText()!, reader.ReadText()!, reader.ReadArray<UInt128>()));
        }
    }

    void Drop(ulong set)
    {
        if (!All.TryGetValue(set, out var summary))
        {
            return;
        }

        All = All.Remove(set);
        _places.Remove(set, out var place);
        _order.Remove(place);
        foreach (var source in summary.Sources)
        {
            _bySource[source].Remove(set);
            if (_bySource[source].Count == 0)
            {
                _bySource.Remove(source);
            }
        }
    }
}
