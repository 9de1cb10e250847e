using Archicortex.Cli.Commands;
using Archicortex.Cli.Contracts;

namespace Archicortex.Cli;

/// <summary>An error for the person at the terminal.</summary>
/// <param name="Kind">One word for programs: format, conflict, store, input, notFound, model, budget, system, cancelled.</param>
/// <param name="Message">What happened, in a line.</param>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Next">What is safe and how to go on, in a second line.</param>
sealed record Failure(string Kind, string Message, int ExitCode, string? Next = null)
{
    const int Unauthorized = 401;
    const int Forbidden = 403;
    const int NotFound = 404;

    /// <summary>The failure that an exception stands for; null for a defect of ours, which should crash with its stack.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        CommandException command => command.Failure,
        OperationCanceledException => new("cancelled", "Cancelled.", CommandLine.Cancelled),
        MemoryFormatException => new("format", exception.Message, CommandLine.Failed),
        MemoryConflictException => new("conflict", exception.Message, CommandLine.Failed),
        MemoryStoreException => new("store", exception.Message, CommandLine.Failed),
        ModelTransportException model => new("model", OfModel(model), CommandLine.Failed, CureOf(model)),
        ModelReplyException => new("model", exception.Message, CommandLine.Failed),
        BudgetExceededException => new("budget", exception.Message, CommandLine.Failed),
        GraphMemoryException => new("input", exception.Message, CommandLine.Failed),
        ArgumentException => new("input", WithoutParameter(exception.Message), CommandLine.Failed),
        IOException or UnauthorizedAccessException => new("system", exception.Message, CommandLine.Failed),
        _ => null,
    };

    static string OfModel(ModelTransportException failure) => failure.Status is Unauthorized or Forbidden
        ? $"The model's server refuses the key: {failure.Message}"
        : failure.Message;

    /// <summary>What to do about a server that does not answer as it should. The key itself is in no message.</summary>
    static string CureOf(ModelTransportException failure) => failure.Status switch
    {
        Unauthorized or Forbidden =>
            $"Set the variable {ModelChoice.KeyVariable} to a key of this server; {ModelChoice.OtherKeyVariable} goes to OpenAI's own only.",
        NotFound => "Check --model-endpoint (it ends with /v1, usually) and the model's name.",
        null => "Check that the server runs, and --model-endpoint.",
        _ => "Try again later, or check the model's name and its server.",
    };

    public ErrorJson ToJson() => new(new ErrorBody(Kind, Next is null ? Message : $"{Message} {Next}"));

    /// <summary>Drops .NET's "(Parameter 'x')": at a terminal nobody passed a parameter.</summary>
    static string WithoutParameter(string message)
    {
        var end = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

/// <summary>A command ends with a failure that has its own words.</summary>
sealed class CommandException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
