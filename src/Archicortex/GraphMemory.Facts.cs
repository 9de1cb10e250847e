using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Records what somebody else read in a document: a model of your own, a file of triples, a person.</summary>
    /// <remarks>
    /// Takes the place of what the same extractor recorded for the document before; the facts of others stay. Forgetting the
    /// document forgets them. Idempotent.
    /// </remarks>
    /// <param name="document">The document, as <see cref="RememberAsync(Document, RememberOptions?, CancellationToken)"/> returned it.</param>
    /// <param name="extractor">Who read it, e.g. "curator" or "openie:gpt-3.5"; 1 … 200 characters, neither "rules" nor "given".</param>
    /// <param name="passages">What was read, one for each passage of the document, in their order.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such document, it has another number of passages, or a fact is blank.</exception>
    public async Task RecordFactsAsync(
        DocumentId document, string extractor, IReadOnlyList<Extraction> passages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(passages);
        FactsCheck.Extractor(extractor);
        RefuseReadOnly();
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var batch = new OperationBatch(_views, _options.Clock);
            batch.State(FactsCheck.Payload(document, extractor, passages, _views.PassageLengths(document)));
            await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }

        await EmbedRememberedAsync(cancellationToken).ConfigureAwait(false);
    }
}
