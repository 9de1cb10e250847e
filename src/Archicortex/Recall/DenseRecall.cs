using Archicortex.Indexing;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>Ranks passages by the cosine of their vectors with the question's.</summary>
/// <remarks>Passages are embedded when the strategy is first used, and new ones at the next use. One call at a time.</remarks>
sealed class DenseRecall(ITextEmbedder embedder)
{
    const int BatchTexts = 64;
    const int SpareHits = 64;
    const int TieDigits = 6;

    readonly ExactIndex _index = new(embedder.Dimension);
    readonly HashSet<int> _live = [];
    int _next;

    public async Task<VectorHit[]> RankAsync(RecallView view, string question, int count, CancellationToken cancellationToken)
    {
        await EmbedNewAsync(view, cancellationToken).ConfigureAwait(false);
        RemoveForgotten(view);
        var query = await embedder.EmbedAsync([question], cancellationToken).ConfigureAwait(false);
        var hits = new VectorHit[(2 * count) + SpareHits];
        var found = _index.Search(query[0].Span, hits);

        // The index breaks ties by row, which is the order of arrival; recall breaks them by content.
        return [.. hits[..found]
            .OrderByDescending(hit => Math.Round(hit.Score, TieDigits))
            .ThenBy(hit => view.Graph.Passage(hit.Row).Id)
            .Take(count)];
    }

    async Task EmbedNewAsync(RecallView view, CancellationToken cancellationToken)
    {
        for (; _next < view.Graph.PassageCount; _next += BatchTexts)
        {
            var rows = Enumerable.Range(_next, Math.Min(BatchTexts, view.Graph.PassageCount - _next))
                .Where(row => view.Graph.Passage(row).IsLive).ToArray();
            var vectors = await embedder.EmbedAsync([.. rows.Select(row => TextOf(view, row))], cancellationToken).ConfigureAwait(false);
            if (vectors.Count != rows.Length)
            {
                throw new GraphMemoryException($"The embedder '{embedder.Identity}' returned {vectors.Count} vectors for {rows.Length} texts.");
            }

            for (var i = 0; i < rows.Length; i++)
            {
                _index.Put(rows[i], vectors[i].Span);
                _live.Add(rows[i]);
            }
        }

        // A batch may have been cut short by the end of the table; the next call goes on from there.
        _next = view.Graph.PassageCount;
    }

    void RemoveForgotten(RecallView view) => _live.RemoveWhere(row =>
    {
        if (view.Graph.Passage(row).IsLive)
        {
            return false;
        }

        _index.Remove(row);
        return true;
    });

    static string TextOf(RecallView view, int row)
    {
        var passage = view.Passage(row);
        return string.Join('\n', new[] { passage.Title, passage.Section, passage.Speaker, passage.Text }.Where(part => part is not null));
    }
}
