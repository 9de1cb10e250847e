using Archicortex.Documents;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Takes the operations of an exported log into a memory.</summary>
/// <remarks>
/// An empty memory of the same scope takes the log over as it is, ids and times included. Otherwise each document is
/// remembered unless it is known, and each forget forgets it, as if someone did so now. Operations that are in the log
/// already are passed over: a memory takes in its own export without a change.
/// </remarks>
/// <param name="views">The memory as it is.</param>
/// <param name="known">Ids of the operations in its log.</param>
/// <param name="scope">Its scope.</param>
/// <param name="options">What to do with conflicts.</param>
/// <param name="charsMax">Characters a document may have.</param>
/// <param name="clock">The time of the new operations.</param>
sealed class LogImport(
    MemoryViews views, IReadOnlySet<OperationId> known, string scope, RememberOptions options, int charsMax, TimeProvider clock)
{
    readonly bool _isVerbatim = views.Head.Sequence == 0;
    readonly PracticeImport _practice = new(options.Replace);
    readonly Dictionary<DocumentId, int[]> _live = [];
    readonly Dictionary<DocumentId, int[]> _lengths = [];
    OperationBatch? _batch;
    List<Operation> _verbatim = [];
    long _operations;
    int _added;
    int _forgotten;
    string? _embedder;

    /// <summary>Operations that wait to be committed.</summary>
    public int Pending => _verbatim.Count + (_batch?.Operations.Count ?? 0);

    public ImportReport Report => new(_operations, _added, _forgotten, _isVerbatim) { Embedder = _embedder };

    public void Add(Operation operation)
    {
        _operations++;
        if (known.Contains(operation.Id))
        {
            return;
        }

        // What is in the log, replay must accept: so all is read and checked before any of it is written.
        if (_isVerbatim)
        {
            Check(operation);
            _verbatim.Add(operation);
            return;
        }

        _batch ??= new OperationBatch(views, clock);
        switch (operation.Kind)
        {
            case OperationKind.Forget:
                Forget(Payloads.ReadForget(operation));
                break;
            case OperationKind.Facts:
                State(Payloads.ReadFacts(operation));
                break;
            case OperationKind.Summary:

                // It is shown if the same passages come to lie together here, too.
                Summarise(Payloads.ReadSummary(operation));
                break;
            case OperationKind.UseEmbedder:

                // Which vectors a memory compares is its owner's choice, made when it has them: an import brings none.
                _embedder = Payloads.ReadUseEmbedder(operation).Epoch.Embedder;
                break;
            case OperationKind.Task:
                _practice.Add(Payloads.ReadTask(operation), _batch);
                break;
            case OperationKind.Case:
                PracticeImport.Add(Payloads.ReadCase(operation), _batch);
                break;
            default:
                Remember(Checked(operation));
                break;
        }
    }

    /// <summary>Hands the pending operations over to be committed; the next ones are made for the head after them.</summary>
    public IReadOnlyList<Operation> TakeBatch()
    {
        var operations = _isVerbatim ? _verbatim : _batch!.Operations;
        (_verbatim, _batch) = ([], null);
        return operations;
    }

    void Remember(RememberPayload payload)
    {
        var document = payload.Document;
        var id = document.IdIn(scope);
        var outcome = _batch!.Remember(id, document.ContentId(), payload, options.Replace);

        // A document that is known keeps the passages it has, however the export split it.
        if (outcome != RememberOutcome.Known || !_lengths.ContainsKey(id))
        {
            var known = outcome == RememberOutcome.Known ? views.PassageLengths(id) : null;
            _lengths[id] = known ?? [.. payload.Parts.Select(part => part.Length)];
        }

        _added += outcome == RememberOutcome.Known ? 0 : 1;
    }

    /// <summary>Facts go with the document they were read in: they are taken in if that very document is here, split the same way.</summary>
    void State(FactsPayload payload)
    {
        if (DocumentId.TryParse(payload.DocumentId, out var id) && _lengths.TryGetValue(id, out var lengths)
            && FactsCheck.Problem(payload, lengths) is null && views.Find(id)?.Extractors.Contains(payload.Extractor) != true)
        {
            _batch!.State(payload);
        }
    }

    void Summarise(SummaryPayload payload)
    {
        if (Array.TrueForAll(payload.Sources, source => DocumentId.TryParse(source.DocumentId, out var id) && _batch!.ContentOf(id) is not null))
        {
            _batch!.Summarise(payload);
        }
    }

    void Check(Operation operation)
    {
        if (operation.Kind == OperationKind.Summary)
        {
            _ = Payloads.ReadSummary(operation);
            return;
        }

        if (operation.Kind is OperationKind.Task or OperationKind.Case)
        {
            _practice.Check(operation);
            return;
        }

        if (operation.Kind == OperationKind.Facts)
        {
            CheckFacts(operation);
            return;
        }

        if (operation.Kind == OperationKind.UseEmbedder)
        {
            _embedder = Payloads.ReadUseEmbedder(operation).Epoch.Embedder;
            return;
        }

        if (operation.Kind == OperationKind.Forget)
        {
            if (DocumentId.TryParse(Payloads.ReadForget(operation).DocumentId, out var gone) && _live.Remove(gone))
            {
                _forgotten++;
            }

            return;
        }

        var payload = Checked(operation);
        var document = payload.Document;
        if (!_live.TryAdd(document.IdIn(scope), [.. payload.Parts.Select(part => part.Length)]))
        {
            throw new MemoryFormatException(
                $"Operation {operation.Sequence} of the import remembers document '{document.Id}' a second time without a forget between.");
        }

        _added++;
    }

    void CheckFacts(Operation operation)
    {
        var payload = Payloads.ReadFacts(operation);
        if (!DocumentId.TryParse(payload.DocumentId, out var id) || !_live.TryGetValue(id, out var lengths))
        {
            throw new MemoryFormatException(
                $"Operation {operation.Sequence} of the import has facts of document {payload.DocumentId}, which it does not remember before.");
        }

        if (FactsCheck.Problem(payload, lengths) is { } problem)
        {
            throw new MemoryFormatException($"Operation {operation.Sequence} of the import: {problem}");
        }
    }

    RememberPayload Checked(Operation operation)
    {
        var payload = Payloads.ReadRemember(operation);
        try
        {
            if (DocumentCheck.Normalise(payload.Document, charsMax).ContentId() != payload.Document.ContentId())
            {
                throw new MemoryFormatException(
                    $"Operation {operation.Sequence} of the import has a text that is not in Unicode normal form C: it was not written by Archicortex.");
            }
        }
        catch (ArgumentException failure)
        {
            throw new MemoryFormatException($"Operation {operation.Sequence} of the import: {failure.Message}", failure);
        }

        return payload;
    }

    void Forget(ForgetPayload payload)
    {
        if (DocumentId.TryParse(payload.DocumentId, out var id) && _batch!.ContentOf(id) is not null)
        {
            _batch!.Forget(id);
            _lengths.Remove(id);
            _forgotten++;
        }
    }
}
