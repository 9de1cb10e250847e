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
}
