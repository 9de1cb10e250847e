using System.Runtime.CompilerServices;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Documents;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary>Puts documents into a memory and keeps the count, so that whatever happens the user is told what is safe.</summary>
/// <param name="memory">Where to.</param>
/// <param name="replace">Put new content in the place of old.</param>
/// <param name="readsFacts">A model reads the facts of each batch.</param>
/// <param name="clock">Measures.</param>
sealed class RememberRun(GraphMemory memory, bool replace, bool readsFacts, TimeProvider clock)
{
    /// <summary>Documents remembered at once where a model reads them: what a failure may leave unsaid.</summary>
    const int ReadBatchSize = 8;

    readonly long _start = clock.GetTimestamp();
    Exception? _failure;

    /// <summary>What was acknowledged so far.</summary>
    public RememberCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Remembers until the end, the first failure or a cancellation; whole documents before either are stored.</summary>
    public async Task RememberAsync(IAsyncEnumerable<Document> documents, RememberProgress progress, CancellationToken ct)
    {
        try
        {
            // The token ends the input, not the write: the batch that is under way is finished. A model's reading of it is
            // not waited for; that goes on another time.
            var options = new RememberOptions { Replace = replace };
            options = readsFacts ? options with { BatchSize = ReadBatchSize } : options;
            var writing = readsFacts ? ct : CancellationToken.None;
            await foreach (var one in memory.RememberAsync(UntilFailureAsync(documents, ct), options, writing).ConfigureAwait(false))
            {
                Counts = Counts.With(one, clock.GetElapsedTime(_start));
                progress.Remembered(Counts.Documents);
            }
        }
        catch (Exception failure) when (Failure.Of(failure) is not null)
        {
            _failure = failure;
        }

        Counts = Counts with { Bytes = progress.Bytes, Seconds = clock.GetElapsedTime(_start).TotalSeconds };
        if (_failure is not null && Failure.Of(_failure) is { } known)
        {
            // A file is mended before the next run; a server or a budget needs no more than that run.
            var goesOn = known.ExitCode == CommandLine.Cancelled || known.Kind is "model" or "budget";
            var again = goesOn ? "Run the same command again to go on." : "Mend it and run the same command again.";
            var passed = Counts.Documents > 0 ? " What is stored is passed over." : "";
            var stored = readsFacts ? RememberText.StoredAndRead(Counts.Documents) : RememberText.Stored(Counts.Documents);
            var cure = known.Kind == "model" && known.Next is { } next ? next + " " : "";
            var spent = Spending is { } spending ? "\n" + ModelCost.Of(spending) : "";
            throw new CommandException(known with { Next = $"{stored} {cure}{again}{passed}{spent}" }, _failure);
        }
    }

    /// <summary>What the model cost; null without one.</summary>
    public ModelSpending? Spending => readsFacts ? memory.Model?.Spending : null;

    public RememberJson ToJson(string path, string scope, IReadOnlyList<string> skipped) => new(
        path, scope, Counts.Documents, Counts.Added, Counts.Known, Counts.Replaced, Counts.Passages, Counts.Bytes,
        Math.Round(Counts.Seconds, 3), skipped, Spending is { } spent ? SpendingJson.Of(spent) : null);

    /// <summary>The documents up to the first that cannot be read: those before it are worth keeping.</summary>
    async IAsyncEnumerable<Document> UntilFailureAsync(IAsyncEnumerable<Document> documents, [EnumeratorCancellation] CancellationToken ct)
    {
        var source = documents.GetAsyncEnumerator(ct);
        await using var closing = source.ConfigureAwait(false);
        while (true)
        {
            try
            {
                ct.ThrowIfCancellationRequested();
                if (!await source.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (Exception failure) when (Failure.Of(failure) is not null)
            {
                _failure = failure;
                yield break;
            }

            yield return source.Current;
        }
    }
}

/// <summary>What remembering did, in numbers.</summary>
sealed record RememberCounts(long Added, long Known, long Replaced, long Passages, long Bytes, double Seconds)
{
    public long Documents => Added + Known + Replaced;

    public RememberCounts With(Remembered one, TimeSpan elapsed) => this with
    {
        Added = Added + (one.Outcome == RememberOutcome.Added ? 1 : 0),
        Known = Known + (one.Outcome == RememberOutcome.Known ? 1 : 0),
        Replaced = Replaced + (one.Outcome == RememberOutcome.Replaced ? 1 : 0),
        Passages = Passages + one.PassageCount,
        Seconds = elapsed.TotalSeconds,
    };
}
