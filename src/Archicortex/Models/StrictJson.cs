using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Archicortex.Models;

/// <summary>A reply that is not what was asked for. Stays inside: it becomes a repair call, then a <see cref="ModelReplyException"/>.</summary>
sealed class BadReplyException(string message) : Exception(message);

/// <summary>Reads a model's reply: exactly one JSON value of the asked type, or an error. Nothing is mended and nothing is run.</summary>
/// <remarks>
/// One fenced block around the value is tolerated, since models put it there against all orders. Text before or behind,
/// a second value, numbers as texts, comments, trailing commas and doubled properties are refused; unknown properties
/// are passed over.
/// </remarks>
static class StrictJson
{
    /// <summary>Longer replies are refused unread.</summary>
    public const int CharsMax = 1 << 20;

    const string Fence = "```";

    /// <exception cref="BadReplyException">The reply is something else.</exception>
    public static T Read<T>(string reply, JsonTypeInfo<T> type)
        where T : class
    {
        if (reply.Length > CharsMax)
        {
            throw new BadReplyException($"the reply has {reply.Length} characters, more than {CharsMax}");
        }

        var text = WithoutFence(reply.AsSpan().Trim());
        if (text.IsEmpty)
        {
            throw new BadReplyException("the reply is empty; one JSON value was asked for");
        }

        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new BadReplyException("the reply is null; a JSON value was asked for");
        }
        catch (JsonException failure)
        {
            throw new BadReplyException($"the reply is not the JSON that was asked for: {failure.Message}");
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be turned into UTF-8.
            throw new BadReplyException("the reply is no valid Unicode text");
        }
    }

    static ReadOnlySpan<char> WithoutFence(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Fence, StringComparison.Ordinal))
        {
            return text;
        }

        var line = text.IndexOf('\n');
        if (line < 0 || text.Length < line + Fence.Length || !text.EndsWith(Fence, StringComparison.Ordinal))
        {
            return text;
        }

        var label = text[Fence.Length..line].Trim();
        return label.IsEmpty || label.Equals("json", StringComparison.OrdinalIgnoreCase) ? text[(line + 1)..^Fence.Length].Trim() : text;
    }
}
