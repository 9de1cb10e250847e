namespace Archicortex.Facts;

/// <summary>Stub.</summary>
public sealed class RuleFactExtractor : IFactExtractor
{
    /// <inheritdoc/>
    public string Identity => "rules-0";

    /// <inheritdoc/>
    public ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default) => ValueTask.FromResult(new Extraction([], []));
}
