using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Archicortex;

/// <summary>One function of a memory. Whatever goes wrong but cancellation is told to the agent in words.</summary>
/// <param name="name">What agents call it.</param>
/// <param name="description">When to use it and what comes back.</param>
/// <param name="schema">JSON schema of its arguments.</param>
/// <param name="work">What it does.</param>
/// <param name="logger">Told of calls and failures, never of arguments.</param>
sealed class MemoryFunction(
    string name, string description, string schema, Func<ToolArguments, CancellationToken, Task<JsonElement>> work, ILogger logger) : AIFunction
{
    readonly JsonElement _schema = JsonElement.Parse(schema);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => _schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Log.ToolCalled(logger, name);
        try
        {
            return await work(new ToolArguments(arguments, _schema), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            if (Advice(failure) is { } advice)
            {
                Log.ToolRefused(logger, name, failure.GetType().Name);
                return Error(advice);
            }

            // The store's failure or a defect: the agent learns what to do, and nothing of paths or of the inside.
            Log.ToolFailed(logger, name, failure);
            return Error("The memory failed, not the call: calling again the same way will not help now. Go on without it, and tell the user.");
        }
    }

    static string? Advice(Exception failure) => failure switch
    {
        BadArgumentException => failure.Message,
        ArgumentException => WithoutParameter(failure.Message),
        ObjectDisposedException => "The memory is closed. It cannot be used any more in this conversation.",
        BudgetExceededException => "The budget for the memory's language model is used up. Use recall, and answer from its passages yourself.",
        ModelReplyException or ModelTransportException => "The memory's language model gave no answer. Use recall, and answer from its passages yourself.",
        MemoryConflictException => "Somebody else writes this memory at the moment; nothing was changed. Try again later.",
        _ => null,
    };

    static JsonElement Error(string message) => JsonSerializer.SerializeToElement(new ToolError(message), ToolReplies.Json.ToolError);

    /// <summary>.NET puts the parameter's name, and for ranges the value on a line of its own, behind the message.</summary>
    static string WithoutParameter(string message)
    {
        var end = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

/// <summary>An agent called a tool in a way it cannot be called. The message tells it how.</summary>
sealed class BadArgumentException(string message) : Exception(message);
