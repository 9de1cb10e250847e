using System.Globalization;
using System.Text;
using System.Text.Json;
using Archicortex.Language;

namespace Archicortex.Models;

/// <summary>A statement offered to the filter.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Relation">Its relation.</param>
/// <param name="Object">Its object.</param>
public readonly record struct FactCandidate(string Subject, string Relation, string Object);

/// <summary>What the filter left.</summary>
/// <param name="Kept">Places of the kept statements in the list that was given, best first; empty if none helps.</param>
/// <param name="InventedCount">Statements in the reply that were not in the list, and were dropped.</param>
/// <param name="Reply">What the model said, verbatim.</param>
public sealed record FilteredFacts(IReadOnlyList<int> Kept, int InventedCount, string Reply);

/// <summary>Asks a model which of a few statements help to answer a question (the recognition step of HippoRAG 2).</summary>
/// <remarks>
/// The statements are numbered and numbers come back, so that no statement can be invented. A reply that repeats
/// statements instead is understood where they are the same, word for word; all others are dropped and counted, never
/// matched to the nearest. An empty reply means that none helps; a reply that cannot be read is an error.
/// </remarks>
/// <param name="caller">The model.</param>
public sealed class FactFilter(ModelCaller caller)
{
    /// <summary>The most statements that can be kept.</summary>
    public const int KeptMax = 5;

    const string Prompt = "filter-1";
    const int OutputTokensMax = 512;
    const string Schema = """
        {"type":"object","required":["keep"],"properties":{"keep":{"type":"array","maxItems":5,"items":{"type":"integer","minimum":1}}}}
        """;

    /// <summary>Filters statements.</summary>
    /// <param name="question">The question.</param>
    /// <param name="facts">The statements, best first; usually five. None: nothing is asked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelReplyException">The reply could not be read: that is not "none helps".</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async Task<FilteredFacts> KeepAsync(string question, IReadOnlyList<FactCandidate> facts, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Count == 0)
        {
            return new([], 0, "");
        }

        var reply = await caller.CallAsync(CallFor(question, facts), cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    static ModelCall<FilteredFacts> CallFor(string question, IReadOnlyList<FactCandidate> facts)
    {
        var list = new StringBuilder();
        for (var i = 0; i < facts.Count; i++)
        {
            string[] parts = [facts[i].Subject, facts[i].Relation, facts[i].Object];
            list.Append(i > 0 ? "\n" : "").Append(CultureInfo.InvariantCulture, $"{i + 1}. ").Append(ModelPrompt.List(parts));
        }

        var messages = ModelPrompt.Of(Prompt).Fill(
            ("max", KeptMax.ToString(CultureInfo.InvariantCulture)),
            ("question", ModelPrompt.Enclose(question)),
            ("facts", ModelPrompt.Enclose(list.ToString())));
        return new("the statements that help with a question", Prompt, messages, Schema, OutputTokensMax, reply => Read(reply, facts));
    }

    static FilteredFacts Read(string reply, IReadOnlyList<FactCandidate> facts)
    {
        using var document = StrictJson.Read(reply, ModelJson.Default.JsonDocument);
        try
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("keep", out root) && !document.RootElement.TryGetProperty("fact", out root))
            {
                throw new BadReplyException("the reply has no property 'keep'");
            }

            return Read(root, reply, facts);
        }
        catch (InvalidOperationException)
        {
            // A document is read as it is used: half a surrogate pair behind a "\u" is noticed only then.
            throw new BadReplyException("the reply is no valid Unicode text");
        }
    }

    static FilteredFacts Read(JsonElement root, string reply, IReadOnlyList<FactCandidate> facts)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw new BadReplyException($"'keep' is {Kind(root)}; a list of numbers was asked for");
        }

        var kept = new List<int>();
        var invented = 0;
        var asNumbers = root.GetArrayLength() == 0 || root[0].ValueKind == JsonValueKind.Number;
        foreach (var item in root.EnumerateArray())
        {
            var place = asNumbers ? PlaceOf(item, facts.Count) : PlaceOf(TripleIn(item), facts);
            if (place < 0)
            {
                invented++;
            }
            else if (!kept.Contains(place))
            {
                kept.Add(place);
            }
            else if (asNumbers)
            {
                throw new BadReplyException($"number {place + 1} is there twice");
            }
        }

        return kept.Count <= KeptMax
            ? new(kept, invented, reply)
            : throw new BadReplyException($"{kept.Count} statements are kept; at most {KeptMax} were asked for");
    }

    static int PlaceOf(JsonElement item, int count)
    {
        if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var number))
        {
            throw new BadReplyException($"'keep' holds {Kind(item)}; whole numbers were asked for");
        }

        return number >= 1 && number <= count
            ? number - 1
            : throw new BadReplyException($"there is no statement {number}; they are numbered from 1 to {count}");
    }

    static FactCandidate TripleIn(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Array || item.EnumerateArray().Any(part => part.ValueKind != JsonValueKind.String))
        {
            throw new BadReplyException($"'keep' holds {Kind(item)}; a list of numbers was asked for");
        }

        var parts = item.EnumerateArray().Select(part => part.GetString()!).ToList();
        return parts.Count == 3 ? new(parts[0], parts[1], parts[2]) : default;
    }

    static int PlaceOf(FactCandidate fact, IReadOnlyList<FactCandidate> facts)
    {
        if (fact.Subject is null)
        {
            return -1;
        }

        var key = KeyOf(fact);
        for (var i = 0; i < facts.Count; i++)
        {
            if (KeyOf(facts[i]) == key)
            {
                return i;
            }
        }

        return -1;
    }

    static (string Subject, string Relation, string Object) KeyOf(FactCandidate fact) =>
        (Words(fact.Subject), Words(fact.Relation), Words(fact.Object));

    /// <summary>Folded words joined by one space: case, accents and punctuation do not count, words do.</summary>
    static string Words(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        var words = new StringBuilder();
        foreach (var token in buffer.Tokens)
        {
            words.Append(words.Length > 0 ? " " : "").Append(buffer.Folded(token));
        }

        return words.Length > 0 ? words.ToString() : text.Trim();
    }

    static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {element.GetRawText()}",
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };
}
