using System.Text;
using Archicortex.Storage;

namespace Archicortex;

public sealed partial class GraphMemory
{
    /// <summary>Checks the memory against its log: every operation's hash, the file's pages, and the views replayed from nothing.</summary>
    /// <param name="progress">Told the number of operations checked.</param>
    /// <param name="cancellationToken">Stops between operations.</param>
    /// <returns>What is wrong; nothing, normally. Takes about as long as remembering everything again.</returns>
    public Task<VerifyReport> VerifyAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Telemetry.RunAsync("verify", async activity => Told(activity, await CheckLogAsync(progress, cancellationToken).ConfigureAwait(false)));

    async Task<VerifyReport> CheckLogAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var problems = new List<string>();
            if ((_store as SqliteStore)?.CheckPages() is { } damage)
            {
                problems.Add(damage);
            }

            var replayed = await ReplayCheckedAsync(problems, progress, cancellationToken).ConfigureAwait(false);
            var state = replayed.StateHash();
            if (replayed.Head != _views.Head)
            {
                problems.Add($"The log ends at operation {replayed.Head.Sequence}, the open memory at {_views.Head.Sequence}.");
            }
            else if (state != _views.StateHash())
            {
                problems.Add("The open memory differs from its log replayed. Close it, delete nothing, and report this as a defect.");
            }

            else if (!replayed.HasTopicsOf(_views))
            {
                problems.Add("The open memory's tree of topics differs from that of its log replayed. Close it, delete nothing, and report this as a defect.");
            }

            return new VerifyReport(replayed.Head.Sequence, Hex(state), problems);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Writes the log as JSON Lines: a header, then an operation a line. The export alone restores the memory.</summary>
    /// <param name="target">Receives UTF-8 text; not closed.</param>
    /// <param name="progress">Told the number of operations written.</param>
    /// <param name="cancellationToken">Stops between operations; the export is incomplete then.</param>
    public async Task<long> ExportAsync(Stream target, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var head = await _store.HeadAsync(cancellationToken).ConfigureAwait(false);
        await WriteLineAsync(target, LogLines.Header(_store.Scope, head), cancellationToken).ConfigureAwait(false);
        await foreach (var operation in _store.ReadAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (operation.Sequence > head.Sequence)
            {
                break;
            }

            await WriteLineAsync(target, LogLines.Line(operation), cancellationToken).ConfigureAwait(false);
            progress?.Report(operation.Sequence);
        }

        return head.Sequence;
    }

    /// <summary>
    /// Reads an export. Into an empty memory the log is taken over as it is; into any other, its documents are
    /// remembered and forgotten in turn.
    /// </summary>
    /// <param name="source">What <see cref="ExportAsync"/> wrote; not closed.</param>
    /// <param name="options">What to do with documents that are remembered with other content.</param>
    /// <param name="progress">Told the number of operations read.</param>
    /// <param name="cancellationToken">Stops between batches. Import again to go on: what is there stays.</param>
    /// <exception cref="MemoryFormatException">A line is not what it should be (its number is named); batches before it are stored.</exception>
    public Task<ImportReport> ImportAsync(
        Stream source, RememberOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Telemetry.RunAsync("import", async activity =>
            Told(activity, await ImportLogAsync(source, options ?? new(), progress, cancellationToken).ConfigureAwait(false)));

    async Task<ImportReport> ImportLogAsync(Stream source, RememberOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        RefuseReadOnly();
        options.Check();
        using var reader = new StreamReader(source, new UTF8Encoding(false, throwOnInvalidBytes: true), true, 1 << 16, leaveOpen: true);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var known = new HashSet<OperationId>();
            await foreach (var operation in _store.ReadAsync(0, cancellationToken).ConfigureAwait(false))
            {
                known.Add(operation.Id);
            }

            var import = new LogImport(_views, known, _store.Scope, options, _options.DocumentCharsMax, _options.Clock);
            await foreach (var operation in LogLines.ReadAsync(reader, _store.Scope, cancellationToken).ConfigureAwait(false))
            {
                import.Add(operation);
                progress?.Report(operation.Sequence);
                if (import.Pending >= options.BatchSize)
                {
                    await CommitAsync(import.TakeBatch(), cancellationToken).ConfigureAwait(false);
                }
            }

            if (import.Pending > 0)
            {
                await CommitAsync(import.TakeBatch(), cancellationToken).ConfigureAwait(false);
            }

            return import.Report;
        }
        finally
        {
            _writer.Release();
        }
    }

    async Task<MemoryViews> ReplayCheckedAsync(List<string> problems, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var views = new MemoryViews();
        await foreach (var operation in _store.ReadAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (operation.Sequence != views.Head.Sequence + 1)
            {
                problems.Add($"Operation {views.Head.Sequence + 1} is missing: {operation.Sequence} follows {views.Head.Sequence}.");
                break;
            }

            if (!operation.IsIntactAfter(views.Head.Id))
            {
                problems.Add($"Operation {operation.Sequence} was changed after it was written: its content does not give its id {operation.Id}.");
                break;
            }

            views.Apply(operation, _store.Scope);
            progress?.Report(operation.Sequence);
        }

        return views;
    }

    static async Task WriteLineAsync(Stream target, byte[] line, CancellationToken cancellationToken)
    {
        await target.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
