using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archicortex;

/// <summary>What the tools of a memory need of it beside what everybody sees.</summary>
public sealed partial class GraphMemory
{
    internal bool IsReadOnly => _store.IsReadOnly;

    internal ILogger CreateLogger(string category) => _options.LoggerFactory?.CreateLogger(category) ?? NullLogger.Instance;

    /// <summary>Facts about a name in the order in which they began, with the days on which they held.</summary>
    internal async Task<IReadOnlyList<(KnownFact Fact, DayRange Held)>> HistoryAsync(string name, DateOnly? day, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        return FactHistory.Of(view, FactKeys.Entity(name), day).ConvertAll(one => (Known(view, one.Row), one.Held));
    }

    /// <summary>Ids of the documents a name stands for, as <see cref="ForgetAsync"/> understands it.</summary>
    internal async Task<IReadOnlyList<DocumentId>> FindDocumentsAsync(string name, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _views.FindByName(name, _store.Scope).ConvertAll(entry => entry.Id);
        }
        finally
        {
            _writer.Release();
        }
    }
}
