using Archicortex.Language;

namespace Archicortex.Practice;

/// <summary>What texts of tasks and cases must be. Each check returns what is wrong, or null.</summary>
static class PracticeText
{
    public const int NameCharsMax = 200;
    public const int GoalCharsMax = 2_000;
    public const int NoteCharsMax = 20_000;
    public const int ArtifactCharsMax = 1_000_000;

    /// <summary>An id, a tag, the name of an artefact: it is printed in lines of its own and typed again.</summary>
    public static string? OfName(string? name, string what) => Of(name, what, NameCharsMax)
        ?? (name!.Any(char.IsControl) ? $"The {what} '{Harmless(name!)}' has a control character; a name is one line of visible characters."
            : name != name!.Trim() ? $"The {what} '{name}' starts or ends with a space; leave it out."
            : null);

    public static string? Of(string? text, string what, int charsMax) =>
        string.IsNullOrWhiteSpace(text) ? $"The {what} is empty; say it in words."
        : text.Length > charsMax ? $"The {what} has {text.Length:N0} characters; the limit is {charsMax:N0}."
        : UnpairedAt(text) is >= 0 and var at ? $"The {what} has half of a surrogate pair at {at}, which no file can hold. Repair or leave it out."
        : null;

    /// <summary>An artefact may be anything that can be stored, also nothing.</summary>
    public static string? OfArtifact(string name, string? text) => OfName(name, "name of an input or output")
        ?? (string.IsNullOrEmpty(text) ? null
            : text.Length > ArtifactCharsMax ? $"'{name}' has {text.Length:N0} characters; the limit is {ArtifactCharsMax:N0}. Keep its place instead of it."
            : UnpairedAt(text) is >= 0 and var at ? $"'{name}' has half of a surrogate pair at {at}, which no file can hold. Repair or leave it out."
            : null);

    /// <summary>On one line and without control characters, whatever stands in it: a text must not look like the page it is printed on.</summary>
    public static string Harmless(string text) => string.Join(
        ' ', string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The start of a text on one line, cut between words where there are any.</summary>
    public static string Short(string text, int charsMax)
    {
        // What is cut away is not looked at: an artefact may be long.
        var isLong = text.Length > charsMax * 4;
        var line = Harmless(isLong ? text[..(charsMax * 4)] : text);
        if (line.Length <= charsMax)
        {
            return isLong ? line + "…" : line;
        }

        var space = line.LastIndexOf(' ', charsMax - 1, charsMax / 2);
        var end = space > 0 ? space : charsMax - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>The form in which names and sentences are compared; artefacts are kept as they are.</summary>
    public static string Normal(string text) => UnicodeText.Compose(text);

    static int UnpairedAt(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
                {
                    return at;
                }

                at++;
            }
        }

        return -1;
    }
}
