namespace Archicortex.Models;

/// <summary>A passage as it is given to a model.</summary>
/// <param name="Id">By which it is cited; not blank, different for each passage of a call.</param>
/// <param name="Text">What it says.</param>
public sealed record CitedPassage(string Id, string Text)
{
    /// <summary>The title of its document.</summary>
    public string? Title { get; init; }
}

/// <summary>An answer a model wrote from passages.</summary>
/// <param name="Thought">How it came to the answer.</param>
/// <param name="Answer">The answer; empty if there is none.</param>
/// <param name="Citations">Ids of the passages it rests on, all among those given.</param>
/// <param name="IsAnswerable">False if the passages do not hold the answer.</param>
/// <param name="Reply">What the model said, verbatim.</param>
public sealed record ModelAnswer(string Thought, string Answer, IReadOnlyList<string> Citations, bool IsAnswerable, string Reply);

/// <summary>How an answer is asked for.</summary>
public enum AnswerStyle
{
    /// <summary>With thought, citations and the right to say that there is no answer.</summary>
    Cited,

    /// <summary>As HippoRAG asks, for comparable scores: passages under their titles, "Thought:", then "Answer:"; no citations.</summary>
    HippoQa,
}

/// <summary>Asks a model to answer a question from passages and nothing else.</summary>
/// <param name="caller">The model.</param>
/// <param name="style">How to ask. Default: with citations.</param>
public sealed class AnswerWriter(ModelCaller caller, AnswerStyle style = AnswerStyle.Cited)
{
    const string CitedPrompt = "answer-1";
    const string HippoPrompt = "hippo-qa-1";
    const string AnswerMark = "Answer:";
    const string ThoughtMark = "Thought:";
    const int OutputTokensMax = 1024;
    const string Schema = """
        {"type":"object","required":["thought","answer","citations","answerable"],"properties":{"thought":{"type":"string"},
        "answer":{"type":"string"},"citations":{"type":"array","items":{"type":"string"}},"answerable":{"type":"boolean"}}}
        """;

    /// <summary>Writes an answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">The passages, in the order in which the model sees them; may be none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelReplyException">The model did not answer in the form asked for, or cited what it was not given.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async Task<ModelAnswer> WriteAsync(string question, IReadOnlyList<CitedPassage> passages, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentNullException.ThrowIfNull(passages);
        CheckIds(passages);
        var reply = await caller.CallAsync(CallFor(question, passages), cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    /// <summary>What the answer would cost, without asking for it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="cancellationToken">Stops the look into the cache.</param>
    public async Task<ModelEstimate> EstimateAsync(string question, IReadOnlyList<CitedPassage> passages, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentNullException.ThrowIfNull(passages);
        var call = CallFor(question, passages);
        return await caller.FindAsync(call, cancellationToken).ConfigureAwait(false) is null
            ? caller.Estimate(1, 0, call.InputTokens, call.OutputTokensMax)
            : caller.Estimate(0, 1, 0, 0);
    }

    /// <summary>Passages under their titles in one text, between marks.</summary>
    internal static string EncloseTogether(IReadOnlyList<CitedPassage> passages) => passages.Count == 0
        ? "(none)"
        : ModelPrompt.Enclose(string.Join("\n\n", passages.Select(passage => Titled("Title: ", passage))));

    /// <summary>Each passage between marks of its own, its id before them: a passage that writes ids cannot pass for another.</summary>
    static string EncloseEach(IReadOnlyList<CitedPassage> passages) => passages.Count == 0
        ? "(none)"
        : string.Join('\n', passages.Select(passage => $"[{passage.Id}]\n{ModelPrompt.Enclose(Titled("", passage))}"));

    static string Titled(string label, CitedPassage passage) =>
        string.IsNullOrWhiteSpace(passage.Title) ? passage.Text : $"{label}{passage.Title}\n{passage.Text}";

    ModelCall<ModelAnswer> CallFor(string question, IReadOnlyList<CitedPassage> passages)
    {
        var isCited = style == AnswerStyle.Cited;
        var prompt = ModelPrompt.Of(isCited ? CitedPrompt : HippoPrompt);
        var messages = prompt.Fill(("passages", isCited ? EncloseEach(passages) : EncloseTogether(passages)), ("question", ModelPrompt.Enclose(question)));
        return new(
            "an answer", prompt.Version, messages, isCited ? Schema : null, OutputTokensMax, reply => isCited ? ReadCited(reply, passages) : ReadHippo(reply));
    }

    static ModelAnswer ReadCited(string reply, IReadOnlyList<CitedPassage> passages)
    {
        var read = StrictJson.Read(reply, ModelJson.Default.AnswerReply);
        var citations = new List<string>();
        foreach (var id in read.Citations)
        {
            if (!passages.Any(passage => passage.Id == id))
            {
                throw new BadReplyException($"citation '{id}' is none of the passages given ({string.Join(", ", passages.Select(passage => passage.Id))})");
            }

            if (!citations.Contains(id))
            {
                citations.Add(id);
            }
        }

        if (read.IsAnswerable && string.IsNullOrWhiteSpace(read.Answer))
        {
            throw new BadReplyException("the answer is empty though the question is said to be answerable");
        }

        return new(read.Thought.Trim(), read.IsAnswerable ? read.Answer.Trim() : "", citations, read.IsAnswerable, reply);
    }

    static ModelAnswer ReadHippo(string reply)
    {
        if (string.IsNullOrWhiteSpace(reply))
        {
            throw new BadReplyException("the reply is empty");
        }

        var at = reply.IndexOf(AnswerMark, StringComparison.Ordinal);
        var answer = at < 0 ? reply : reply[(at + AnswerMark.Length)..];
        var thought = at < 0 ? "" : reply[..at].Trim();
        if (thought.StartsWith(ThoughtMark, StringComparison.Ordinal))
        {
            thought = thought[ThoughtMark.Length..].TrimStart();
        }

        return new(thought, answer.Trim(), [], IsAnswerable: true, reply);
    }

    static void CheckIds(IReadOnlyList<CitedPassage> passages)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var passage in passages)
        {
            if (string.IsNullOrWhiteSpace(passage.Id) || !ids.Add(passage.Id))
            {
                throw new ArgumentException($"Passage id '{passage.Id}' is blank or there twice; each passage needs its own.", nameof(passages));
            }
        }
    }
}
