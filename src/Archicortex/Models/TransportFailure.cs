namespace Archicortex.Models;

/// <summary>Tells failures on the way to a model, which may pass, from all others, which will not.</summary>
static class TransportFailure
{
    /// <summary>What a client threw, in one form.</summary>
    public static ModelTransportException Read(Exception failure) => failure switch
    {
        ModelTransportException known => known,
        HttpRequestException http => new($"{http.Message}", (int?)http.StatusCode, null, http),
        TimeoutException or IOException => new(failure.Message, null, null, failure),

        // Some clients report their own timeout as a cancellation; ours and the user's are handled before.
        OperationCanceledException => new("the client gave up waiting", null, null, failure),
        _ => new($"{failure.GetType().Name}: {failure.Message}", failure) { IsTransient = false },
    };
}
