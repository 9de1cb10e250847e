using System.Runtime.CompilerServices;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Models;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Lists facts by any of their parts, the surest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops before the search starts.</param>
    public async Task<IReadOnlyList<KnownFact>> FindFactsAsync(FactQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        return [.. FactSearch.Find(view, PatternOf(query)).Take(query.Top).Select(row => Known(view, row))];
    }

    /// <summary>
    /// Reads the facts of every remembered document that this extractor has not read yet, and records them. When a document
    /// is handed out, its facts are durable.
    /// </summary>
    /// <remarks>
    /// Resumable: after a crash, a failure, a spent budget or a cancelled run, run it again, and it goes on with the first
    /// document that is not recorded; a model's replies that had come are in its cache and not paid for twice. Enumerate to
    /// the end. Remembering and recalling go on meanwhile; what is remembered meanwhile is read by the next run.
    /// </remarks>
    /// <param name="extractor">Who reads, e.g. a <see cref="ModelFactExtractor"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops; documents handed out before are recorded.</param>
    /// <exception cref="GraphMemoryException">A passage could not be read, and <see cref="ExtractionOptions.OnFailure"/> says stop.</exception>
    public IAsyncEnumerable<ExtractedDocument> ExtractFactsAsync(
        IFactExtractor extractor, ExtractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        FactsCheck.Extractor(extractor.Identity);
        RefuseReadOnly();
        options ??= new();
        options.Check();
        return ReadUnreadAsync(extractor, options, null, cancellationToken);
    }

    /// <summary>What it would cost to have a model read the documents that it has not read; nothing is asked.</summary>
    /// <param name="extractor">The model.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    public async Task<ModelEstimate> EstimateFactsAsync(ModelFactExtractor extractor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var unread = await UnreadAsync(extractor.Identity, cancellationToken).ConfigureAwait(false);
        return await extractor.EstimateAsync(
            [.. unread.SelectMany(document => document.Passages).Select(passage => passage.ToSource())], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Distinct facts by who read them ("rules", "given", …), in the order of names; what two extractors read counts for both.</summary>
    /// <param name="cancellationToken">Stops before the count starts.</param>
    public async Task<IReadOnlyDictionary<string, int>> CountFactsAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return _view.Facts.CountByExtractor();
    }

    /// <summary>How many documents an extractor has not read: what <see cref="ExtractFactsAsync"/> would read.</summary>
    /// <param name="extractor">Its <see cref="IFactExtractor.Identity"/>.</param>
    /// <param name="cancellationToken">Stops before the count starts.</param>
    public async Task<int> CountUnreadAsync(string extractor, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(extractor);
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return (await UnreadAsync(extractor, cancellationToken).ConfigureAwait(false)).Count;
    }

    async IAsyncEnumerable<ExtractedDocument> ReadUnreadAsync(
        IFactExtractor extractor,
        ExtractionOptions options,
        HashSet<DocumentId>? only,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var unread = await UnreadAsync(extractor.Identity, cancellationToken).ConfigureAwait(false);
        unread.RemoveAll(document => only?.Contains(document.Id) == false);
        using var span = new ExtractionSpan(extractor.Identity, unread.Count, isWhole: only is null, _logger);
        var run = new ExtractionRun(extractor, options, span.Activity);
        await foreach (var (document, read, failure) in run.ReadAsync(unread, cancellationToken).ConfigureAwait(false))
        {
            span.Read(document.Id, read?.Sum(one => one.Facts.Count) ?? 0, failure);
            if (failure is not null && options.OnFailure == ExtractionFailure.Stop)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }

            if (read is null)
            {
                yield return new ExtractedDocument(document.Id, document.Document, 0, NothingDropped) { Failure = failure };
            }
            else if (await TryRecordAsync(document.Id, extractor.Identity, read, cancellationToken).ConfigureAwait(false))
            {
                yield return new ExtractedDocument(document.Id, document.Document, read.Sum(one => one.Facts.Count), DroppedIn(read));
            }
        }
    }

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

    /// <summary>Documents that an extractor has not read, in the order in which they came.</summary>
    async Task<List<DocumentPassages>> UnreadAsync(string extractor, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _views.Unread(extractor);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>False if the document was forgotten, or read by another run, meanwhile.</summary>
    async Task<bool> TryRecordAsync(DocumentId document, string extractor, Extraction[] read, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_views.Find(document) is not { } entry || entry.Extractors.Contains(extractor) || entry.PassageCount != read.Length)
            {
                return false;
            }

            var batch = new OperationBatch(_views, _options.Clock);
            batch.State(FactsCheck.Payload(document, extractor, read, _views.PassageLengths(document)));
            await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _writer.Release();
        }
    }

    static readonly IReadOnlyDictionary<string, int> NothingDropped = new Dictionary<string, int>();

    static IReadOnlyDictionary<string, int> DroppedIn(IEnumerable<Extraction> read) =>
        read.Aggregate(NothingDropped, (dropped, one) => Sum(dropped, one.Dropped));

    static FactPattern PatternOf(FactQuery query) => new(
        KeyOf(query.About), KeyOf(query.Subject), query.Relation is { } relation ? FactKeys.Relation(relation) : null,
        KeyOf(query.Object), query.Extractor, query.At, query.ConfidenceMin);

    static string? KeyOf(string? name) => name is null ? null : FactKeys.Entity(name);

    static KnownFact Known(RecallView view, int assertion)
    {
        var fact = view.Facts.Read(assertion);
        ref readonly var record = ref view.Facts.Assertion(assertion);
        var passage = view.Passage(record.Passage);
        var evidence = fact.Evidence.Length == 0 ? default : fact.Evidence with { Start = fact.Evidence.Start + passage.Span.Start };
        return new KnownFact(fact, view.Facts.Extractor(record.Extractor), passage.Id, passage.DocumentId, passage.Document, evidence);
    }
}
