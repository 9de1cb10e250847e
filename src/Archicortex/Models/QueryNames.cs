namespace Archicortex.Models;

/// <summary>Asks a model which names a question holds.</summary>
/// <param name="caller">The model.</param>
public sealed class QueryNames(ModelCaller caller)
{
    const string Prompt = "question-names-1";
    const int OutputTokensMax = 300;

    /// <summary>The names, as the question writes them.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelReplyException">The model did not answer with a list of names.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(string question, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        var reply = await caller.CallAsync(CallFor(question), cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    static ModelCall<IReadOnlyList<string>> CallFor(string question) => new(
        "the names of a question",
        Prompt,
        ModelPrompt.Of(Prompt).Fill(("question", ModelPrompt.Enclose(question))),
        NamesReply.Schema,
        OutputTokensMax,
        NamesReply.Read);
}
