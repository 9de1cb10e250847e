using System.Globalization;
using System.Text.Json.Serialization;
using Archicortex.Language;

namespace Archicortex.Models;

/// <summary>A summary a model wrote.</summary>
/// <param name="Text">What it wrote.</param>
/// <param name="Unfounded">Numbers and names in it that stand in none of the passages; none, if it keeps to them.</param>
/// <param name="Reply">What the model said, verbatim.</param>
public sealed record ModelSummary(string Text, IReadOnlyList<string> Unfounded, string Reply)
{
    /// <summary>True if every number and every name of it stands in a passage.</summary>
    public bool IsFounded => Unfounded.Count == 0;
}

/// <summary>Asks a model for a summary of passages.</summary>
/// <remarks>Whether the summary is true nobody can tell here; that it invents no number and no name is looked up in the passages.</remarks>
/// <param name="caller">The model.</param>
public sealed class SummaryWriter(ModelCaller caller)
{
    const string Prompt = "summary-1";
    const int WordsMax = 120;
    const int CharsMax = 2000;
    const int OutputTokensMax = 600;
    const string Schema = """
        {"type":"object","required":["summary"],"properties":{"summary":{"type":"string","minLength":1,"maxLength":2000}}}
        """;

    /// <summary>Who writes: the model and the prompt.</summary>
    public string Identity => $"model:{caller.ModelId}:{Prompt}";

    /// <summary>Writes a summary.</summary>
    /// <param name="passages">What to summarise, at least one passage, in the order in which the model sees them.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelReplyException">The model did not answer in the form asked for.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async Task<ModelSummary> WriteAsync(IReadOnlyList<CitedPassage> passages, CancellationToken cancellationToken = default) =>
        (await caller.CallAsync(CallFor(passages), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>What the summary would cost, without asking for it.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="cancellationToken">Stops the look into the cache.</param>
    public async Task<ModelEstimate> EstimateAsync(IReadOnlyList<CitedPassage> passages, CancellationToken cancellationToken = default)
    {
        var call = CallFor(passages);
        return await caller.FindAsync(call, cancellationToken).ConfigureAwait(false) is null
            ? caller.Estimate(1, 0, call.InputTokens, call.OutputTokensMax)
            : caller.Estimate(0, 1, 0, 0);
    }

    static ModelCall<ModelSummary> CallFor(IReadOnlyList<CitedPassage> passages)
    {
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentOutOfRangeException.ThrowIfZero(passages.Count);
        var messages = ModelPrompt.Of(Prompt).Fill(
            ("words", WordsMax.ToString(CultureInfo.InvariantCulture)), ("passages", AnswerWriter.EncloseTogether(passages)));
        return new("a summary", Prompt, messages, Schema, OutputTokensMax, reply => Read(reply, passages));
    }

    static ModelSummary Read(string reply, IReadOnlyList<CitedPassage> passages)
    {
        var text = StrictJson.Read(reply, ModelJson.Default.SummaryReply).Summary.Trim();
        return text.Length is > 0 and <= CharsMax
            ? new(text, Unfounded(text, passages), reply)
            : throw new BadReplyException($"the summary has {text.Length} characters; 1 to {CharsMax} were asked for");
    }

    /// <summary>Numbers and capitalised words of a summary that no passage has; at the start of a sentence, those that are no common words.</summary>
    static List<string> Unfounded(string summary, IReadOnlyList<CitedPassage> passages)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var buffer = new TokenBuffer();
        foreach (var passage in passages)
        {
            buffer.Read(passage.Title ?? "");
            buffer.Read(passage.Text);
        }

        foreach (var token in buffer.Tokens)
        {
            known.Add(buffer.Folded(token).ToString());
        }

        buffer.Clear();
        buffer.Read(summary);
        var missing = new List<string>();
        foreach (var token in buffer.Tokens)
        {
            var word = buffer.Folded(token).ToString();
            var claims = token.Is(TokenMarks.Number) || (token.Is(TokenMarks.Capital) && !(token.Is(TokenMarks.SentenceStart) && IsWord(word)));
            if (claims && !known.Contains(word) && !missing.Contains(word))
            {
                missing.Add(word);
            }
        }

        return missing;
    }

    static bool IsWord(string word) => StopWords.Contains(word) || (Lemmas.AnyBase(word) is >= 0 and var row && !Lexicon.IsProper(row));
}

/// <summary>The reply to a question for a summary.</summary>
sealed record SummaryReply([property: JsonPropertyName("summary")] string Summary);
