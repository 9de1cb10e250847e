using System.Collections.Concurrent;
using System.Globalization;

namespace Archicortex.Models;

/// <summary>Names a call by what it asks: 128 bits of SHA-256 over messages, model, schema, temperature, seed, prompt version.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct CallKey(UInt128 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>Keeps the replies of a model, so that no call that succeeded is made again.</summary>
/// <remarks>Only replies that were understood are stored. Members may be called from any number of threads.</remarks>
public interface ICallCache
{
    /// <summary>The reply to a call; null if it is not known.</summary>
    /// <param name="key">The call.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default);

    /// <summary>Keeps a reply, in place of an older one. When this returns, the reply is as durable as the cache is.</summary>
    /// <param name="key">The call.</param>
    /// <param name="reply">What the model said, verbatim.</param>
    /// <param name="cancellationToken">Stops before the reply is kept.</param>
    ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default);
}

/// <summary>Keeps replies as long as the process lives.</summary>
public sealed class InMemoryCallCache : ICallCache
{
    readonly ConcurrentDictionary<CallKey, string> _replies = new();

    /// <summary>Replies it holds.</summary>
    public int Count => _replies.Count;

    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(CallKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_replies.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public ValueTask StoreAsync(CallKey key, string reply, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reply);
        cancellationToken.ThrowIfCancellationRequested();
        _replies[key] = reply;
        return ValueTask.CompletedTask;
    }
}
