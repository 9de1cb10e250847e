using System.Globalization;
using System.Text;
using Archicortex.Cli.Commands;

namespace Archicortex.Cli.Rendering;

/// <summary>What remembering did, in words.</summary>
static class RememberText
{
    const int NamesPerReason = 3;

    public static string Summary(RememberCounts counts, string memory)
    {
        var rate = counts.Seconds > 0 ? counts.Documents / counts.Seconds : 0;
        return Invariant($"""
            Remembered {Count(counts.Documents, "document")} in {memory}
              added     {counts.Added,10:N0}
              known     {counts.Known,10:N0}
              replaced  {counts.Replaced,10:N0}
              passages  {counts.Passages,10:N0}
              seconds   {counts.Seconds,10:N1}   ({rate:N0} documents/s)
            Next: archicortex recall "your question" --memory {Shell.Quoted(memory)} --explain

            """);
    }

    public static string Stored(long documents) =>
        documents == 0 ? "Nothing of this run is stored." : Invariant($"{Count(documents, "document")} {(documents == 1 ? "is" : "are")} stored.");

    /// <summary>The same where a model reads: documents of the last batch may be stored and not read.</summary>
    public static string StoredAndRead(long documents) =>
        Invariant($"{Count(documents, "document")} {(documents == 1 ? "is" : "are")} stored and read; a few more may be stored and wait to be read.");

    /// <summary>What was passed over, by reason; a folder may have thousands.</summary>
    public static string Skipped(IReadOnlyList<string> skipped)
    {
        var text = new StringBuilder();
        foreach (var reason in skipped.GroupBy(line => line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparer.Ordinal))
        {
            var names = reason.Select(line => line[..^(reason.Key.Length + 2)]).ToList();
            var more = names.Count > NamesPerReason ? Invariant($" and {names.Count - NamesPerReason:N0} more") : "";
            text.Append("skipped, ").Append(reason.Key).Append(": ")
                .AppendJoin(", ", names.Take(NamesPerReason)).Append(more).Append(Environment.NewLine);
        }

        return text.ToString();
    }

    static string Count(long count, string noun) => Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
