using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Archicortex.Numerics;
using Microsoft.Extensions.AI;

namespace Archicortex.Models;

/// <summary>What is said to a model, kept as a versioned resource: messages with places to fill in.</summary>
/// <remarks>
/// A file <c>Prompts/names-1.md</c> holds messages, each after a line <c>@system</c>, <c>@user</c> or <c>@assistant</c>;
/// <c>{{passage}}</c> is a place. Changing the words of a prompt means a new file with the next number: the version is
/// part of every cache key and of the identity of what was made with it. Texts of others are put between marks that
/// carry a hash of those texts, so that no text can contain its own closing mark.
/// </remarks>
sealed class ModelPrompt
{
    const string Folder = "Archicortex.Models.Prompts.";

    static readonly ModelJson Relaxed = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    static readonly ConcurrentDictionary<string, ModelPrompt> Read = new(StringComparer.Ordinal);

    readonly List<(ChatRole Role, string Text)> _messages = [];

    ModelPrompt(string version, string file)
    {
        Version = version;
        foreach (var part in file.ReplaceLineEndings("\n").Split("\n@", StringSplitOptions.RemoveEmptyEntries))
        {
            var line = part.IndexOf('\n', StringComparison.Ordinal);
            _messages.Add((new ChatRole(part[..line].TrimStart('@')), part[(line + 1)..].Trim()));
        }
    }

    /// <summary>Name and number, e.g. "names-1".</summary>
    public string Version { get; }

    /// <summary>The prompt of a version.</summary>
    public static ModelPrompt Of(string version) => Read.GetOrAdd(version, static name =>
    {
        using var stream = typeof(ModelPrompt).Assembly.GetManifestResourceStream(Folder + name + ".md")
            ?? throw new InvalidOperationException($"There is no prompt '{name}' in this assembly.");
        using var reader = new StreamReader(stream);
        return new ModelPrompt(name, reader.ReadToEnd());
    });

    /// <summary>The messages with their places filled.</summary>
    /// <param name="places">Place and text. A place in a filled-in text is no place: each message is filled in one pass.</param>
    public IReadOnlyList<ChatMessage> Fill(params ReadOnlySpan<(string Place, string Text)> places)
    {
        var messages = new List<ChatMessage>(_messages.Count);
        foreach (var (role, text) in _messages)
        {
            messages.Add(new ChatMessage(role, Fill(text, places)));
        }

        return messages;
    }

    /// <summary>A text of others between marks it cannot contain.</summary>
    public static string Enclose(string text)
    {
        using var hash = new ContentHash("enclosed");
        var mark = (hash.Add(text).Id() >> 64).ToString("x16", CultureInfo.InvariantCulture);
        return $"<<<text {mark}\n{text}\ntext {mark}>>>";
    }

    /// <summary>Texts as a JSON list, letters as they are, those beyond the basic plane escaped.</summary>
    public static string List(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, Relaxed.IReadOnlyListString);

    static string Fill(string template, ReadOnlySpan<(string Place, string Text)> places)
    {
        var filled = new System.Text.StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                filled.Append(template, at, template.Length - at);
                break;
            }

            filled.Append(template, at, open - at).Append(TextOf(template[(open + 2)..close], places));
            at = close + 2;
        }

        return filled.ToString();
    }

    static string TextOf(string place, ReadOnlySpan<(string Place, string Text)> places)
    {
        foreach (var (name, text) in places)
        {
            if (name == place)
            {
                return text;
            }
        }

        throw new InvalidOperationException($"The prompt has a place '{place}' that was not filled.");
    }
}
