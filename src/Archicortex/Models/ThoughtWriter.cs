using System.Globalization;
using System.Text;

namespace Archicortex.Models;

/// <summary>One step of reasoning between two recalls.</summary>
/// <param name="Text">The thought; the next recall asks with it.</param>
/// <param name="Answer">The answer, once the thought says "So the answer is:"; null before.</param>
public sealed record Thought(string Text, string? Answer)
{
    /// <summary>True if the thought ends the reasoning.</summary>
    public bool IsLast => Answer is not null;
}

/// <summary>Asks a model for the next thought towards an answer (IRCoT, arXiv 2212.10509).</summary>
/// <param name="caller">The model.</param>
public sealed class ThoughtWriter(ModelCaller caller)
{
    /// <summary>What the last thought says before the answer.</summary>
    public const string LastMark = "So the answer is:";

    const string Prompt = "thought-1";
    const int OutputTokensMax = 300;
    const int CharsMax = 2000;

    /// <summary>Writes the next thought.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">What recall found so far, in the order in which the model sees it.</param>
    /// <param name="thoughts">The thoughts so far, oldest first.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelReplyException">The model did not answer with a thought.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async Task<Thought> NextAsync(
        string question, IReadOnlyList<CitedPassage> passages, IReadOnlyList<string> thoughts, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(thoughts);
        var list = new StringBuilder();
        for (var i = 0; i < thoughts.Count; i++)
        {
            list.Append(i > 0 ? "\n" : "").Append(CultureInfo.InvariantCulture, $"{i + 1}. {thoughts[i]}");
        }

        // Thoughts were made from passages: what a passage smuggled into one stays data, too.
        var messages = ModelPrompt.Of(Prompt).Fill(
            ("passages", AnswerWriter.EncloseTogether(passages)),
            ("question", ModelPrompt.Enclose(question)),
            ("thoughts", list.Length > 0 ? ModelPrompt.Enclose(list.ToString()) : "(none)"));
        var call = new ModelCall<Thought>("the next thought", Prompt, messages, null, OutputTokensMax, Read);
        var reply = await caller.CallAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    static Thought Read(string reply)
    {
        var text = reply.Trim();
        if (text.Length is 0 or > CharsMax)
        {
            throw new BadReplyException($"the thought has {text.Length} characters; 1 to {CharsMax} were asked for");
        }

        var mark = text.IndexOf(LastMark, StringComparison.OrdinalIgnoreCase);
        if (mark < 0)
        {
            return new(text, null);
        }

        var answer = text[(mark + LastMark.Length)..].Trim().TrimEnd('.');
        return answer.Length > 0 ? new(text, answer) : throw new BadReplyException($"nothing stands behind '{LastMark}'");
    }
}
