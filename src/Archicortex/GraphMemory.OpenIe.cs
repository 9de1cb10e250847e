using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Takes in the facts of a HippoRAG OpenIE file. Passages are matched with documents by their text, then by their title.</summary>
    /// <remarks>Idempotent, and so resumable: import the file again after a failure, and what is recorded is passed over.</remarks>
    /// <param name="source">The file; not closed.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the number of passages read.</param>
    /// <param name="cancellationToken">Stops between passages; what was recorded stays.</param>
    /// <exception cref="MemoryFormatException">It is no such file, or is cut off; passages before are recorded.</exception>
    public async Task<OpenIeReport> ImportOpenIeAsync(
        Stream source, OpenIeOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        FactsCheck.Extractor(options.Extractor);
        RefuseReadOnly();
        var match = await MatchAsync(cancellationToken).ConfigureAwait(false);
        var report = new OpenIeReport(0, 0, 0, 0, 0, 0, NothingDropped);
        await foreach (var passage in OpenIeFile.ReadAsync(source, options.Name, cancellationToken).ConfigureAwait(false))
        {
            var before = match.Find(passage);
            var document = before ?? await CreateAsync(passage, options, match, cancellationToken).ConfigureAwait(false);
            var recorded = document is { } id && await TryRecordAsync(id, options.Extractor, passage.Read, cancellationToken).ConfigureAwait(false);
            report = report with
            {
                Passages = report.Passages + 1,
                Recorded = report.Recorded + (recorded ? 1 : 0),
                Known = report.Known + (document is not null && !recorded ? 1 : 0),
                Created = report.Created + (before is null && document is not null ? 1 : 0),
                Ignored = report.Ignored + (document is null ? 1 : 0),
                Facts = report.Facts + (recorded ? passage.Read.Facts.Count : 0),
                Dropped = recorded ? Sum(report.Dropped, passage.Read.Dropped) : report.Dropped,
            };
            progress?.Report(report.Passages);
        }

        Told(report);

        return report;
    }

    async Task<DocumentMatch> MatchAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var match = new DocumentMatch();
            foreach (var entry in _views.Documents)
            {
                match.Add(entry.Id, entry.Document);
            }

            return match;
        }
        finally
        {
            _writer.Release();
        }
    }

    async Task<DocumentId?> CreateAsync(OpenIePassage passage, OpenIeOptions options, DocumentMatch match, CancellationToken cancellationToken)
    {
        if (!options.CreateMissing || string.IsNullOrWhiteSpace(passage.Text))
        {
            return null;
        }

        var document = new Document(passage.Text) { Title = passage.Title, Source = options.Name };
        var remembered = await RememberAsync(document, null, cancellationToken).ConfigureAwait(false);
        match.Add(remembered.DocumentId, remembered.Document);
        return remembered.DocumentId;
    }

    async Task<bool> TryRecordAsync(DocumentId document, string extractor, Extraction read, CancellationToken cancellationToken)
    {
        string[]? texts;
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            texts = _views.PassageTexts(document);
        }
        finally
        {
            _writer.Release();
        }

        return texts is not null
            && await TryRecordAsync(document, extractor, FactPlaces.Of(read, texts), cancellationToken).ConfigureAwait(false);
    }

    static SortedDictionary<string, int> Sum(IReadOnlyDictionary<string, int> first, IReadOnlyDictionary<string, int> second)
    {
        var sum = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (reason, count) in first.Concat(second))
        {
            sum[reason] = sum.GetValueOrDefault(reason) + count;
        }

        return sum;
    }
}
