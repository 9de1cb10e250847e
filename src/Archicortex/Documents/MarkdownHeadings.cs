namespace Archicortex.Documents;

/// <summary>Finds the sections of a Markdown text: a heading of up to six #, and what stands under it.</summary>
/// <remarks>Headings inside fenced code are code. A section's text includes its heading line, so that offsets cover the document.</remarks>
static class MarkdownHeadings
{
    const int LevelMax = 6;

    // A longer line that starts with # is a text, not a name for one.
    const int HeadingCharsMax = 200;

    public static List<PassagePart> Sections(string text)
    {
        var sections = new List<PassagePart>();
        string? heading = null;
        var start = 0;
        foreach (var (line, level) in Headings(text))
        {
            Add(sections, start, line.Start, heading);
            start = line.Start;

            // The first-level heading is the document's title already.
            heading = level == 1 ? null : HeadingText(text, line);
        }

        Add(sections, start, text.Length, heading);
        return sections;
    }

    /// <summary>Text of the first first-level heading, or null.</summary>
    public static string? Title(string text)
    {
        foreach (var (line, level) in Headings(text))
        {
            if (level == 1)
            {
                return HeadingText(text, line);
            }
        }

        return null;
    }

    /// <summary>True if there is a heading of any level.</summary>
    public static bool Any(string text) => Headings(text).Any();

    static string? HeadingText(string text, Language.TextSpan line)
    {
        var heading = text.AsSpan(line.Start, line.Length).Trim().Trim('#').Trim();
        return heading.Length is 0 or > HeadingCharsMax ? null : heading.ToString();
    }

    static IEnumerable<(Language.TextSpan Line, int Level)> Headings(string text)
    {
        var fence = '\0';
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(at, end - at).TrimStart(' ');
            var mark = line.StartsWith("```") ? '`' : line.StartsWith("~~~") ? '~' : '\0';
            if (mark != '\0' && (fence == '\0' || fence == mark))
            {
                fence = fence == '\0' ? mark : '\0';
            }
            else if (fence == '\0' && Level(line) is var level and > 0)
            {
                yield return (new(at, end - at), level);
            }

            at = end + 1;
        }
    }

    static int Level(ReadOnlySpan<char> line)
    {
        var level = 0;
        while (level < line.Length && line[level] == '#')
        {
            level++;
        }

        return level is > 0 and <= LevelMax && level < line.Length && line[level] is ' ' or '\t' ? level : 0;
    }

    static void Add(List<PassagePart> sections, int start, int end, string? heading)
    {
        if (end > start)
        {
            sections.Add(new PassagePart(start, end - start, heading));
        }
    }
}
