namespace Archicortex.Models;

/// <summary>Turns texts into vectors whose cosine tells how alike they are.</summary>
/// <remarks>
/// Vectors of two embedders are never compared: <see cref="Identity"/> tells them apart. The default needs no model
/// (<see cref="HashedEmbedder"/>).
/// </remarks>
public interface ITextEmbedder
{
    /// <summary>Name, version and dimension: whatever changes the vectors changes this.</summary>
    string Identity { get; }

    /// <summary>Numbers a vector has.</summary>
    int Dimension { get; }

    /// <summary>Embeds passages.</summary>
    /// <param name="texts">The texts; may be empty.</param>
    /// <param name="cancellationToken">Stops between texts or calls.</param>
    /// <returns>One vector of <see cref="Dimension"/> numbers a text, in order; any length, all zero if a text says nothing.</returns>
    ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default);

    /// <summary>Embeds a question. Some models want to be told that a text is one; by default it is embedded as a passage is.</summary>
    /// <param name="text">The question.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    async ValueTask<ReadOnlyMemory<float>> EmbedQueryAsync(string text, CancellationToken cancellationToken = default) =>
        (await EmbedAsync([text], cancellationToken).ConfigureAwait(false))[0];
}
