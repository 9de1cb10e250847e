using System.Text.Json;
using Archicortex.Numerics;
using Microsoft.Extensions.AI;

namespace Archicortex.Models;

/// <summary>One question to a model: what is sent, how much may come back, and how the reply is read.</summary>
/// <param name="Asked">What for, in messages: "the names of a passage".</param>
/// <param name="PromptVersion">The prompt the messages were made from.</param>
/// <param name="Messages">What is sent.</param>
/// <param name="Schema">JSON schema of the reply; null for plain text.</param>
/// <param name="OutputTokensMax">The most that may come back.</param>
/// <param name="Read">Reads a reply, or throws <see cref="BadReplyException"/>.</param>
sealed record ModelCall<T>(
    string Asked, string PromptVersion, IReadOnlyList<ChatMessage> Messages, string? Schema, int OutputTokensMax, Func<string, T> Read)
{
    public const float Temperature = 0;

    public int InputTokens => TokenCounting.Count(Messages, Schema);

    public CallKey KeyFor(string modelId, long? seed)
    {
        using var hash = new ContentHash("call-1");
        hash.Add(modelId).Add(PromptVersion).Add(Schema).Add(BitConverter.SingleToInt32Bits(Temperature))
            .Add(seed is null ? 0 : 1).Add(seed ?? 0).Add(OutputTokensMax).Add(Messages.Count);
        foreach (var message in Messages)
        {
            hash.Add(message.Role.Value).Add(message.Text);
        }

        return new(hash.Id());
    }

    /// <summary>What goes with the messages. Tools are never offered: a passage can talk a model into nothing but text.</summary>
    public ChatOptions OptionsFor(string modelId, long? seed) => new()
    {
        ModelId = modelId,
        Temperature = Temperature,
        MaxOutputTokens = OutputTokensMax,
        Seed = seed,
        Tools = null,
        ResponseFormat = Schema is null ? ChatResponseFormat.Text : ChatResponseFormat.ForJsonSchema(Parse(Schema), "reply"),
    };

    static JsonElement Parse(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}

/// <summary>A reply that was understood.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Text">Its words, verbatim.</param>
readonly record struct ModelReply<T>(T Value, string Text);
