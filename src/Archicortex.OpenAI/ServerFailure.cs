using System.ClientModel;
using System.Globalization;

namespace Archicortex.OpenAI;

/// <summary>Turns what the SDK throws into what the engine understands.</summary>
static class ServerFailure
{
    const int TextCharsMax = 300;

    /// <summary>The failure with its status and the wait the server asks for.</summary>
    /// <param name="failure">What the SDK threw.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="key">The key, which servers like to repeat in their errors, and which must not be told.</param>
    public static ModelTransportException Read(Exception failure, string server, string? key)
    {
        if (failure is ClientResultException result && result.Status > 0)
        {
            var said = Shorten(result.Message, key);
            return new ModelTransportException($"{server} answered {result.Status}: {said}", result.Status, RetryAfterOf(result));
        }

        var cause = failure.InnerException ?? failure;
        return new ModelTransportException($"{server} could not be reached or broke off: {Shorten(cause.Message, key)}", null, null, failure);
    }

    /// <summary>True for failures of the way to the server, its status, a reply that broke off, or the SDK's own time limit.</summary>
    public static bool IsOne(Exception failure, CancellationToken cancellationToken) =>
        failure is ClientResultException or HttpRequestException or IOException or TimeoutException or System.Text.Json.JsonException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    static TimeSpan? RetryAfterOf(ClientResultException failure)
    {
        if (failure.GetRawResponse() is not { } response)
        {
            return null;
        }

        if (response.Headers.TryGetValue("retry-after-ms", out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        if (!response.Headers.TryGetValue("Retry-After", out text) || text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is >= 0 and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;
        }

        // A date counts from the server's own clock, so that ours need not agree with it.
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            && response.Headers.TryGetValue("Date", out var now)
            && DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && until >= at
            ? until - at
            : null;
    }

    static string Shorten(string text, string? key)
    {
        var shown = string.IsNullOrEmpty(key) ? text : text.Replace(key, "[key]", StringComparison.Ordinal);
        shown = string.Join(' ', shown.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return shown.Length <= TextCharsMax ? shown : shown[..TextCharsMax] + " …";
    }
}
