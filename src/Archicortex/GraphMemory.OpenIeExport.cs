using System.Runtime.CompilerServices;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>What an OpenIE export holds.</summary>
/// <param name="Extractor">Whose facts they are.</param>
/// <param name="Documents">Documents that this extractor has read.</param>
/// <param name="Facts">Facts of them.</param>
public sealed record OpenIeExport(string Extractor, int Documents, int Facts);

public sealed partial class GraphMemory
{
    /// <summary>Writes the facts of one extractor as a HippoRAG OpenIE file, which <see cref="ImportOpenIeAsync"/> reads.</summary>
    /// <param name="target">Receives the file; not closed.</param>
    /// <param name="details">Receives a line of JSON for each fact, with confidence, evidence and days; not closed. Null: left out.</param>
    /// <param name="extractor">Whose facts. Default: of those other than the rules, the one with the most facts; else the rules.</param>
    /// <param name="progress">Told the number of documents written.</param>
    /// <param name="cancellationToken">Stops between documents; the file is incomplete then.</param>
    /// <exception cref="GraphMemoryException">The memory has no facts of that extractor.</exception>
    public async Task<OpenIeExport> ExportOpenIeAsync(
        Stream target,
        Stream? details = null,
        string? extractor = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var (view, entries, head) = await TakeAsync(cancellationToken).ConfigureAwait(false);
        extractor = CheckExtractor(extractor, view.Facts.CountByExtractor(), entries);
        var documents = extractor is FactExtractors.Rules or FactExtractors.Given
            ? ReadInViews(view, entries.Values, extractor)
            : ReadInLogAsync(view, entries, extractor, head, cancellationToken);
        var report = new OpenIeExport(extractor, 0, 0);
        var writer = new OpenIeWriter(target, details);
        await using var closing = writer.ConfigureAwait(false);
        await foreach (var document in documents.ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteAsync(document, cancellationToken).ConfigureAwait(false);
            report = report with { Documents = report.Documents + 1, Facts = report.Facts + document.Read.Facts.Count };
            progress?.Report(report.Documents);
        }

        await writer.EndAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    async Task<(RecallView View, Dictionary<DocumentId, DocumentEntry> Entries, LogHead Head)> TakeAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (_view, _views.Documents.ToDictionary(entry => entry.Id), _views.Head);
        }
        finally
        {
            _writer.Release();
        }
    }

    string CheckExtractor(string? asked, SortedDictionary<string, int> known, Dictionary<DocumentId, DocumentEntry> entries)
    {
        var names = known.Keys.Union(entries.Values.SelectMany(entry => entry.Extractors), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (asked is null)
        {
            // Ties go to the smaller name, so that the same memory gives the same file.
            var best = names.Where(name => name != FactExtractors.Rules).MaxBy(name => known.GetValueOrDefault(name));
            return best ?? (names.Length > 0 ? FactExtractors.Rules : throw new GraphMemoryException(
                $"'{_store.Name}' has no facts in scope '{_store.Scope}'. Let a model read them, or import them, first."));
        }

        return names.Contains(asked, StringComparer.Ordinal) ? asked : throw new GraphMemoryException(
            $"'{_store.Name}' has no facts of the extractor '{asked}'; it has those of {(names.Length > 0 ? string.Join(", ", names) : "nobody")}.");
    }

    /// <summary>What is computed from the documents: the names are the ends of the facts.</summary>
    static async IAsyncEnumerable<OpenIeDocument> ReadInViews(RecallView view, IEnumerable<DocumentEntry> entries, string extractor)
    {
        foreach (var entry in entries)
        {
            var facts = new List<Fact>();
            foreach (var row in Enumerable.Range(entry.FirstPassage, entry.PassageCount))
            {
                var start = view.Passage(row).Span.Start;
                facts.AddRange(view.Facts.Of(row).ToArray()
                    .Where(assertion => view.Facts.Extractor(view.Facts.Assertion(assertion).Extractor) == extractor)
                    .Select(assertion => Moved(view.Facts.Read(assertion), start)));
            }

            if (facts.Count > 0)
            {
                var names = facts.SelectMany(fact => new[] { fact.Subject, fact.Object }).DistinctBy(name => EntityName.Of(name).Key);
                yield return new OpenIeDocument(entry.Document, NameOf(entry), new Extraction([.. names], facts));
            }
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>What was recorded: only the log has the names as well. What counts is the last record of a document that is remembered.</summary>
    async IAsyncEnumerable<OpenIeDocument> ReadInLogAsync(
        RecallView view,
        Dictionary<DocumentId, DocumentEntry> entries,
        string extractor,
        LogHead head,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new Dictionary<DocumentId, long>();
        await foreach (var (sequence, id, _) in RecordsAsync(extractor, head, cancellationToken).ConfigureAwait(false))
        {
            last[id] = sequence;
        }

        await foreach (var (sequence, id, payload) in RecordsAsync(extractor, head, cancellationToken).ConfigureAwait(false))
        {
            // A document forgotten and remembered again has no facts until they are recorded again.
            if (last[id] == sequence && entries.TryGetValue(id, out var entry) && entry.Extractors.Contains(extractor))
            {
                var facts = payload.Passages.SelectMany((read, i) =>
                {
                    var start = view.Passage(entry.FirstPassage + i).Span.Start;
                    return read.Facts.Select(fact => Moved(fact, start));
                });
                yield return new OpenIeDocument(
                    entry.Document, NameOf(entry), new Extraction([.. payload.Passages.SelectMany(read => read.Names)], [.. facts]));
            }
        }
    }

    async IAsyncEnumerable<(long Sequence, DocumentId Id, FactsPayload Payload)> RecordsAsync(
        string extractor, LogHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var operation in _store.ReadAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (operation.Sequence > head.Sequence)
            {
                yield break;
            }

            if (operation.Kind == OperationKind.Facts && Payloads.ReadFacts(operation) is var payload && payload.Extractor == extractor
                && DocumentId.TryParse(payload.DocumentId, out var id))
            {
                yield return (operation.Sequence, id, payload);
            }
        }
    }

    static string NameOf(DocumentEntry entry) => entry.Document.Id ?? entry.Id.ToString();

    static Fact Moved(Fact fact, int start) =>
        fact.Evidence.Length == 0 ? fact : fact with { Evidence = fact.Evidence with { Start = fact.Evidence.Start + start } };
}
