using System.Collections.Concurrent;
using System.Collections.Immutable;
using Archicortex.Documents;
using Archicortex.Graph;
using Archicortex.Hierarchy;
using Archicortex.Indexing;
using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Numerics;
using Archicortex.Practice;

namespace Archicortex.Recall;

/// <summary>A passage's place in the table of passages; empty once it is forgotten.</summary>
readonly record struct PassageSlot(Passage? Passage);

/// <summary>The state of a memory that one recall reads: frozen, consistent, shared by readers.</summary>
sealed class RecallView(
    Vocabulary vocabulary, LexicalSnapshot lexical, GraphSnapshot graph, FactSnapshot facts, PagedTable<PassageSlot>.Frozen passages)
{
    readonly PagedTable<PassageSlot>.Frozen _passages = passages;
    readonly ConcurrentDictionary<int, TopicDigest> _digests = [];
    readonly Lazy<GraphStrengths> _strengths = new(() => new GraphStrengths(graph));

    public Vocabulary Vocabulary { get; } = vocabulary;

    public LexicalSnapshot Lexical { get; } = lexical;

    public GraphSnapshot Graph { get; } = graph;

    /// <summary>What the passages state.</summary>
    public FactSnapshot Facts { get; } = facts;

    /// <summary>Sessions and the order of their turns.</summary>
    public required TimeSnapshot Time { get; init; }

    /// <summary>Words and speakers of those turns.</summary>
    public required TurnSnapshot Turns { get; init; }

    /// <summary>What the passages are about.</summary>
    public required TopicSnapshot Topics { get; init; }

    /// <summary>What models wrote of topics, by the set of their passages.</summary>
    public required ImmutableDictionary<ulong, WrittenSummary> Written { get; init; }

    /// <summary>The embedder whose vectors belong to this state; null: none.</summary>
    public EmbeddingEpoch? Epoch { get; init; }

    /// <summary>Tasks, cases and concepts.</summary>
    public required PracticeView Practice { get; init; }

    /// <summary>Weights of the graph, filled in as they are asked for.</summary>
    public GraphStrengths Strengths => _strengths.Value;

    /// <summary>What a topic is about, read when it is first asked for.</summary>
    public TopicDigest Digest(int node) => _digests.GetOrAdd(node, static (number, view) => new TopicReader(view).Read(number), this);

    public int LiveCount => Graph.LiveCount;

    public Passage Passage(int row) => _passages[row].Passage
        ?? throw new InvalidOperationException($"Passage row {row} is forgotten and cannot have been ranked.");
}
