using System.Text;

namespace Archicortex.Documents;

/// <summary>How an input is written, when nobody said so: by its ending, else by its first lines.</summary>
static class FormatGuess
{
    const int LinesRead = 60;

    public static InputFormat Of(string path, PeekedStream source) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => InputFormat.Markdown,
        ".jsonl" or ".ndjson" or ".json" => InputFormat.JsonLines,
        ".chat" => InputFormat.Chat,
        ".txt" or ".text" => IsChat(source) ? InputFormat.Chat : InputFormat.Text,
        _ => Of(source),
    };

    /// <summary>Of an input without a telling name: JSON Lines if it starts with a brace, Markdown if it has a heading.</summary>
    public static InputFormat Of(PeekedStream source)
    {
        var text = Encoding.UTF8.GetString(source.Head).TrimStart('\uFEFF');
        return text.AsSpan().TrimStart() is ['{', ..] ? InputFormat.JsonLines
            : MarkdownHeadings.Any(text) ? InputFormat.Markdown
            : InputFormat.Text;
    }

    /// <summary>True if most of the first lines are turns, and two at least.</summary>
    static bool IsChat(PeekedStream source)
    {
        var lines = Encoding.UTF8.GetString(source.Head).TrimStart('\uFEFF').Split('\n');
        var whole = source.IsWhole ? lines.Length : lines.Length - 1;
        var read = lines.Take(whole).Where(line => !string.IsNullOrWhiteSpace(line)).Take(LinesRead).ToList();
        var turns = read.Count(line => ChatLine.TryRead(line.TrimEnd('\r'), out var turn) && turn.Text.Length > 0);
        return turns >= 2 && turns * 2 > read.Count;
    }
}
