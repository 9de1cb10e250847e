using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>What the HippoRAG presets need beside the facts, kept from question to question.</summary>
sealed class HippoIndex
{
    readonly Lock _lock = new();
    readonly EntityNames _names = new();
    HippoState? _last;

    /// <summary>The graph and texts of one state of the memory, made once for all questions to it.</summary>
    public HippoState Of(RecallView view, bool joinsPassages, double synonymCosine)
    {
        lock (_lock)
        {
            if (_last is not { } last || last.View != view || last.JoinsPassages != joinsPassages || last.SynonymCosine != synonymCosine)
            {
                _names.Extend(view.Facts);
                var graph = FactWalkGraph.Of(view.Facts, view.Graph.PassageCount, _names.Pairs(synonymCosine), joinsPassages);
                _last = new HippoState(view, joinsPassages, synonymCosine, graph);
            }

            return _last;
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
}

/// <summary>The graph of facts of one state of the memory.</summary>
sealed record HippoState(RecallView View, bool JoinsPassages, double SynonymCosine, FactWalkGraph Graph)
{
    readonly Lazy<FactLinker> _linker = new(() => new FactLinker(View.Facts));

    public FactLinker Linker => _linker.Value;

    /// <summary>True if an entity is an end of a fact of the graph, and not only of facts that something better stands in for.</summary>
    public bool IsWalked(int entity) => Graph.PassagesOf[entity] > 0;
}
