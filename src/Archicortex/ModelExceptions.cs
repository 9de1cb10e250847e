using System.Globalization;

namespace Archicortex;

/// <summary>A model answered, twice, with something that is not what was asked for: no JSON, the wrong shape, cut short.</summary>
public sealed class ModelReplyException : GraphMemoryException
{
    /// <inheritdoc/>
    public ModelReplyException()
    {
    }

    /// <inheritdoc/>
    public ModelReplyException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ModelReplyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception that carries what the model said.</summary>
    public ModelReplyException(string message, string reply)
        : base(message) => Reply = reply;

    /// <summary>What the model said, verbatim; empty if it said nothing.</summary>
    public string Reply { get; } = "";
}

/// <summary>A model could not be reached or refused to answer: no connection, a limit, a wrong key.</summary>
/// <remarks>
/// Also the way in which an adapter tells the engine what went wrong below it: <see cref="IsTransient"/> decides whether
/// the engine tries again, <see cref="RetryAfter"/> when.
/// </remarks>
public sealed class ModelTransportException : GraphMemoryException
{
    const int RequestTimeout = 408;
    const int TooManyRequests = 429;
    const int ServerErrors = 500;

    /// <inheritdoc/>
    public ModelTransportException()
    {
    }

    /// <inheritdoc/>
    public ModelTransportException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ModelTransportException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception that tells the status of the reply; it is transient if the status is 408, 429, 5xx, or null.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="status">The HTTP status; null if there was no reply: no connection, a timeout, a reply that broke off.</param>
    /// <param name="retryAfter">How long the server asks to wait.</param>
    /// <param name="innerException">What caused it.</param>
    public ModelTransportException(string message, int? status, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        RetryAfter = retryAfter;
        IsTransient = status is null or RequestTimeout or TooManyRequests or >= ServerErrors;
    }

    /// <summary>The HTTP status of the reply; null if there was none.</summary>
    public int? Status { get; }

    /// <summary>How long the server asks to wait before the next try; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>True if the same request may succeed later.</summary>
    public bool IsTransient { get; init; }
}

/// <summary>The next call to a model would have cost more than the budget allows. It was not made.</summary>
public sealed class BudgetExceededException : GraphMemoryException
{
    /// <inheritdoc/>
    public BudgetExceededException()
    {
    }

    /// <inheritdoc/>
    public BudgetExceededException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public BudgetExceededException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception that names the limit.</summary>
    /// <param name="limit">The property of the budget.</param>
    /// <param name="needed">What the next call needs, with all that was spent or reserved.</param>
    /// <param name="allowed">What the budget allows.</param>
    /// <param name="asked">What the call was for.</param>
    public BudgetExceededException(string limit, decimal needed, decimal allowed, string asked)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The budget allows {limit} {allowed}; asking the model for {asked} would make it {needed}. The call was not made. "
            + $"Raise the limit and run the same command again: replies that came so far are kept if there is a cache.")) => Limit = limit;

    /// <summary>The property of the budget that was reached, e.g. "CallsMax".</summary>
    public string? Limit { get; }
}
