using System.Reflection;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Storage;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

/// <summary>Walks all of the door: a method that is added without a token, or that works before it looks at it, fails here.</summary>
[TestFixture]
public sealed class CancellationTests
{
    static readonly MethodInfo[] Methods =
    [
        .. typeof(GraphMemory).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name != nameof(GraphMemory.DisposeAsync)),
        typeof(RecallSession).GetMethod(nameof(RecallSession.NextAsync))!,
    ];

    [Test]
    public void Every_asynchronous_method_takes_a_token_last() => Assert.That(
        Methods.Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)).Select(method => method.ToString()),
        Is.Empty);

    [TestCaseSource(nameof(Methods))]
    public async Task A_token_that_is_cancelled_stops_it_before_it_works(MethodInfo method)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var remembered = await memory.RememberAsync("Ada lives in Oslo.");
        var before = await memory.GetStatusAsync();
        var arguments = method.GetParameters().Select(parameter => ArgumentOf(parameter, memory, remembered.DocumentId)).ToArray();
        var target = method.IsStatic ? null : method.DeclaringType == typeof(RecallSession) ? (object)memory.StartSession("Where does Ada live?") : memory;
        Assert.That(async () => await FinishAsync(method.Invoke(target, arguments)!), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await memory.GetStatusAsync(), Is.EqualTo(before));
    }

    static async Task FinishAsync(object started)
    {
        if (started is Task task)
        {
            await task;
            return;
        }

        // The two that hand out as they go: asking for the first is what starts them.
        var asyncEnumerable = started.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        var enumerator = asyncEnumerable.GetMethod("GetAsyncEnumerator")!.Invoke(started, [CancellationToken.None])!;
        var next = typeof(IAsyncEnumerator<>).MakeGenericType(asyncEnumerable.GetGenericArguments()).GetMethod("MoveNextAsync")!;
        await (ValueTask<bool>)next.Invoke(enumerator, [])!;
    }

    static object? ArgumentOf(ParameterInfo parameter, GraphMemory memory, DocumentId document) => parameter.ParameterType switch
    {
        var type when type == typeof(CancellationToken) => new CancellationToken(canceled: true),
        var type when type == typeof(string) => parameter.Name == "path" ? "never-made.archicortex" : "Ada lives in Bergen.",
        var type when type == typeof(Document) => new Document("Bo lives in Bergen."),
        var type when type == typeof(IEnumerable<Document>) => new[] { new Document("Bo lives in Bergen.") },
        var type when type == typeof(IAsyncEnumerable<Document>) => Documents(),
        var type when type == typeof(DocumentId) => document,
        var type when type == typeof(PassageId) => new PassageId(1),
        var type when type == typeof(int) && !parameter.HasDefaultValue => 1,
        var type when type == typeof(FactQuery) => new FactQuery(),
        var type when type == typeof(IFactExtractor) => new RuleFactExtractor(),
        var type when type == typeof(ModelFactExtractor) =>
            new ModelFactExtractor(new ModelCaller(Testing.Models.ScriptedChatClient.Extracting()), new ModelFactOptions()),
        var type when type == typeof(ITextEmbedder) => new HashedEmbedder(),
        var type when type == typeof(IReadOnlyList<Extraction>) => new[] { new Extraction([], []) },
        var type when type == typeof(Stream) => new MemoryStream("{}"u8.ToArray()),
        var type when type == typeof(IMemoryStore) => new InMemoryStore(),
        var type when type == typeof(double) => 0.5,
        var type when type == typeof(bool) => true,
        var type when type == typeof(IEnumerable<string>) => new[] { "Ada" },
        var type when type == typeof(TaskUpdate) => new TaskUpdate(),
        var type when type == typeof(TaskRevision) => new TaskRevision(),
        _ when parameter.HasDefaultValue => null,
        var type => throw new NotSupportedException($"Give this test a {type} for '{parameter.Name}' of {memory}."),
    };

    static async IAsyncEnumerable<Document> Documents()
    {
        await Task.CompletedTask;
        yield return new Document("Bo lives in Bergen.");
    }
}
