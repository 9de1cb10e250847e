using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Archicortex.Cli.Commands;

/// <summary>Names the extractor of an OpenIE file by its content, so that the same file is never taken in twice.</summary>
static partial class OpenIeName
{
    const int HashDigits = 12;

    /// <summary>"openie:", the first 12 hexadecimal digits of the file's SHA-256, and the model, if the file's name tells one.</summary>
    public static async Task<string> OfAsync(Stream file, string path, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct).ConfigureAwait(false))[..HashDigits];
        return ModelOf(path) is { } model ? $"openie:{hash}:{model}" : $"openie:{hash}";
    }

    /// <summary>The model in a name that HippoRAG gives: openie_results_ner_gpt-4o.json, openie_results_ner_gpt-4o_1000.json.</summary>
    public static string? ModelOf(string path)
    {
        var match = Model().Match(Path.GetFileName(path));
        return match.Success ? match.Groups["model"].Value : null;
    }

    [GeneratedRegex(@"results_ner_(?<model>[A-Za-z0-9][\w.:-]{0,99}?)(?:_\d+)?\.json$")]
    private static partial Regex Model();
}
