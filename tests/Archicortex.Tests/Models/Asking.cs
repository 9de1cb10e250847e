using Archicortex.Models;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;

namespace Archicortex.Tests.Models;

/// <summary>Small calls for tests of the caller.</summary>
static class Asking
{
    /// <summary>The names of most replies.</summary>
    public static readonly string[] Ada = ["Ada"];

    /// <summary>Waits up to a minute and a half are skipped; the time limit of a call is longer and is not.</summary>
    public static FakeTime QuickTime() => new(TimeSpan.FromSeconds(90));

    public static ModelOptions Options(TimeProvider? time = null) => new() { Time = time ?? QuickTime(), TimeoutMs = 600_000, BackoffMsMax = 90_000 };

    /// <summary>A question for names, so small that its cost is easily counted.</summary>
    public static ModelCall<IReadOnlyList<string>> Call(string text = "Who is Ada?", int outputTokensMax = 50, string version = "test-1", string? schema = NamesReply.Schema) =>
        new("names", version, [new ChatMessage(ChatRole.User, text)], schema, outputTokensMax, NamesReply.Read);

    public static string Names(params string[] names) => $$"""{"named_entities": [{{string.Join(", ", names.Select(name => $"\"{name}\""))}}]}""";
}
