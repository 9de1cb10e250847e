using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Archicortex.Models;

namespace Archicortex.Testing.Models;

/// <summary>The JSON a model server sends.</summary>
static class ScriptedBodies
{
    const int ChunkChars = 7;
    const int Created = 1_767_225_600;

    public static string Models() => JsonSerializer.Serialize(new
    {
        @object = "list",
        data = new[] { new { id = "scripted-1", @object = "model", created = Created, owned_by = "tests" } },
    });

    public static string Error(string message) => JsonSerializer.Serialize(new { error = new { message, type = "error", code = (string?)null } });

    public static string Completion(ScriptedReply reply)
    {
        var content = Content(reply);
        return JsonSerializer.Serialize(new
        {
            id = "chat-1",
            @object = "chat.completion",
            created = Created,
            model = "scripted-1",
            choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = Finish(reply) } },
            usage = Usage(content),
        });
    }

    public static string Chunks(ScriptedReply reply)
    {
        var content = Content(reply);
        var events = new StringBuilder();
        for (var at = 0; at < content.Length; at += ChunkChars)
        {
            Add(new { role = "assistant", content = content.Substring(at, Math.Min(ChunkChars, content.Length - at)) }, null, null);
        }

        Add(new { }, Finish(reply), Usage(content));
        return events.Append("data: [DONE]\n\n").ToString();

        void Add(object delta, string? finish, object? usage) => events.Append("data: ").Append(JsonSerializer.Serialize(new
        {
            id = "chat-1",
            @object = "chat.completion.chunk",
            created = Created,
            model = "scripted-1",
            choices = new[] { new { index = 0, delta, finish_reason = finish } },
            usage,
        })).Append("\n\n");
    }

    public static string Embeddings(JsonElement body)
    {
        var input = body.GetProperty("input");
        List<string> texts = input.ValueKind == JsonValueKind.String ? [input.GetString()!] : [.. input.EnumerateArray().Select(text => text.GetString()!)];
        var dimension = body.TryGetProperty("dimensions", out var asked) && asked.ValueKind == JsonValueKind.Number ? asked.GetInt32() : ScriptedModelServer.Dimension;
        var isBase64 = body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var vectors = new HashedEmbedder(dimension).EmbedAsync(texts).AsTask().GetAwaiter().GetResult();

        // Backwards, since the protocol numbers vectors and does not promise their order.
        var data = vectors.Select((vector, index) => new
        {
            @object = "embedding",
            index,
            embedding = isBase64 ? (object)Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span)) : vector.ToArray(),
        }).Reverse();
        return JsonSerializer.Serialize(new
        {
            @object = "list",
            data,
            model = "scripted-1",
            usage = new { prompt_tokens = texts.Count, total_tokens = texts.Count },
        });
    }

    static string Content(ScriptedReply reply) => reply.Kind switch
    {
        ReplyKind.BrokenJson => reply.Text.Replace('}', ']'),
        ReplyKind.Truncated => reply.Text[..(reply.Text.Length / 2)],
        ReplyKind.WrongSchema => """{"named_entities": 7, "triples": "none"}""",
        ReplyKind.TrailingText => reply.Text + "\nI hope this helps!",
        ReplyKind.Fenced => $"```json\n{reply.Text}\n```",
        _ => reply.Text,
    };

    static string Finish(ScriptedReply reply) => reply.Kind == ReplyKind.Truncated ? "length" : "stop";

    static object Usage(string content) =>
        new { prompt_tokens = 100, completion_tokens = content.Length / 4, total_tokens = 100 + (content.Length / 4) };
}
