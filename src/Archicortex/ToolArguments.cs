using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Archicortex;

/// <summary>The arguments of one call, read as strictly as models need it and as kindly as they deserve.</summary>
/// <remarks>Numbers may come as text and text as JSON: clients differ in what they hand over. Empty text and null are "not given".</remarks>
/// <param name="arguments">What the client handed over.</param>
/// <param name="schema">The schema, for the names to tell.</param>
sealed class ToolArguments(AIFunctionArguments arguments, JsonElement schema)
{
    const int ShownCharsMax = 60;

    /// <exception cref="BadArgumentException">It is missing, no text, or too long.</exception>
    public string Text(string name, int charsMax)
    {
        var text = TextOrNull(name, charsMax);
        return text ?? throw new BadArgumentException($"'{name}' is missing. Give it as text. The arguments are: {Names()}.{Unknown()}");
    }

    /// <exception cref="BadArgumentException">It is no text, or too long.</exception>
    public string? TextOrNull(string name, int charsMax)
    {
        var text = Find(name) switch
        {
            null => null,
            string plain => plain,
            JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            var other => throw new BadArgumentException($"'{name}' is {Shown(other)}; it must be text."),
        };
        if (text?.Length > charsMax)
        {
            throw new BadArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' has {text.Length} characters; at most {charsMax} are taken. Shorten it, or split it into several calls."));
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <exception cref="BadArgumentException">It is none of the words.</exception>
    public string? OneOf(string name, params string[] words)
    {
        var word = TextOrNull(name, ShownCharsMax);
        return word is null ? null
            : Array.Find(words, one => string.Equals(one, word.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new BadArgumentException($"'{name}' is '{word}'; it must be one of {string.Join(", ", words)}.");
    }

    /// <exception cref="BadArgumentException">It is no whole number, or out of its range.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        var given = Find(name);
        var number = given switch
        {
            null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => otherwise,
            int plain => plain,
            long plain => plain,
            double plain when Math.Floor(plain) == plain => (long)Math.Clamp(plain, int.MinValue, int.MaxValue),
            JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt64(out var whole) => whole,
            JsonElement { ValueKind: JsonValueKind.String } element when Parses(element.GetString(), out var whole) => whole,
            string text when Parses(text, out var whole) => whole,
            _ => throw new BadArgumentException($"'{name}' is {Shown(given)}; it must be a whole number between {least} and {most}."),
        };
        return number < least || number > most
            ? throw new BadArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' is {number}; it must be between {least} and {most}."))
            : (int)number;
    }

    /// <exception cref="BadArgumentException">It is no day.</exception>
    public DateOnly? Day(string name)
    {
        var text = TextOrNull(name, ShownCharsMax);
        return text is null ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new BadArgumentException($"'{name}' is '{text}'; it must be a day written like 2024-05-31.");
    }

    /// <exception cref="BadArgumentException">It is no time.</exception>
    public DateTimeOffset? Time(string name)
    {
        var text = TextOrNull(name, ShownCharsMax);
        return text is null ? null
            : Documents.IsoTime.TryRead(text, out var time) ? time
            : throw new BadArgumentException($"'{name}' is '{text}'; it must be a time written like 2024-05-31 or 2024-05-31T14:30:00Z.");
    }

    object? Find(string name) => arguments.TryGetValue(name, out var value) ? value : null;

    static bool Parses(string? text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    string Names() => string.Join(", ", schema.GetProperty("properties").EnumerateObject().Select(property => $"'{property.Name}'"));

    string Unknown()
    {
        var unknown = arguments.Keys.Where(key => !schema.GetProperty("properties").TryGetProperty(key, out _)).Order(StringComparer.Ordinal).FirstOrDefault();
        return unknown is null ? "" : $" '{Cut(unknown)}' is none of them.";
    }

    static string Shown(object? value) => value is JsonElement element
        ? $"{element.ValueKind} {Cut(element.GetRawText())}"
        : $"{value?.GetType().Name} {Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}";

    static string Cut(string text) => text.Length <= ShownCharsMax ? text : text[..ShownCharsMax] + "…";
}
