using Archicortex.Graph;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>What the HippoRAG presets need beside the facts, kept from question to question.</summary>
sealed class HippoIndex
{
    /// <summary>Where no embedder says what its cosines mean.</summary>
    public const double SynonymCosine = 0.8;

    readonly Lock _lock = new();
    readonly EntityNames _names = new();
    NameVectors? _vectors;

    // One for each preset: who compares them asks both by turns.
    readonly HippoState?[] _last = new HippoState?[2];

    /// <summary>The graph and texts of one state of the memory, made once for all questions to it.</summary>
    /// <param name="view">The state.</param>
    /// <param name="joinsPassages">Passages are nodes.</param>
    /// <param name="asked">Cosine of synonyms; null: what the embedder in force was calibrated to, else .8.</param>
    /// <param name="vectors">Vectors of names; null: names are compared by their letters.</param>
    public HippoState Of(RecallView view, bool joinsPassages, double? asked, QuestionVectors? vectors)
    {
        var names = vectors is { Epoch: not null } && vectors.Has(EmbeddingUnits.Entities) ? vectors.Space : null;
        var cosine = asked ?? (names is null ? SynonymCosine : vectors!.Epoch!.Thresholds(EmbeddingUnits.Entities).Synonym);
        lock (_lock)
        {
            ref var last = ref _last[joinsPassages ? 1 : 0];
            if (last is null || last.View != view || last.SynonymCosine != cosine || last.Names != names)
            {
                var pairs = names is null ? Pairs(view, cosine) : Pairs(view, cosine, names);
                last = new HippoState(view, joinsPassages, cosine, names, FactWalkGraph.Of(view.Facts, view.Graph.PassageCount, pairs, joinsPassages));
            }

            return last;
        }
    }

    /// <summary>The entity whose name is most like a given one; −1 if no name shares anything with it.</summary>
    public int Nearest(string name, HippoState state)
    {
        lock (_lock)
        {
            return _names.Nearest(name, state.View.Facts, state.IsWalked);
        }
    }

    IEnumerable<SynonymPair> Pairs(RecallView view, double cosine)
    {
        _names.Extend(view.Facts);
        return _names.Pairs(cosine);
    }

    IEnumerable<SynonymPair> Pairs(RecallView view, double cosine, VectorSpace space)
    {
        if (_vectors is null || _vectors.Rows != space.Entities || _vectors.CosineMin > cosine)
        {
            _vectors = new NameVectors(space.Entities, cosine);
        }

        _vectors.Extend(view.Facts);
        return _vectors.Pairs(cosine, view.Facts);
    }
}

/// <summary>The graph of facts of one state of the memory.</summary>
/// <param name="View">The state.</param>
/// <param name="JoinsPassages">Passages are nodes.</param>
/// <param name="SynonymCosine">Cosine of synonyms.</param>
/// <param name="Names">Vectors that synonyms were found by; null: by their letters.</param>
/// <param name="Graph">The graph.</param>
sealed record HippoState(RecallView View, bool JoinsPassages, double SynonymCosine, VectorSpace? Names, FactWalkGraph Graph)
{
    readonly Lazy<FactLinker> _linker = new(() => new FactLinker(View.Facts));

    public FactLinker Linker => _linker.Value;

    /// <summary>True if an entity is an end of a fact of the graph, and not only of facts that something better stands in for.</summary>
    public bool IsWalked(int entity) => Graph.PassagesOf[entity] > 0;
}
