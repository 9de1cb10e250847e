using Archicortex.Testing.Models;
using Archicortex.Tests.Door;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

[TestFixture]
public sealed class AgentLoopTests
{
    [Test]
    public async Task An_agent_remembers_calls_wrongly_is_told_and_answers_from_what_it_recalls()
    {
        await using var memory = await MemoryProbe.OpenAsync();
        using var model = new ScriptedChatClient((request, _) => Task.FromResult(request.Number switch
        {
            0 => Call("1", "remember", new() { ["text"] = "Ada Kern moved from London to Oslo in 2024." }),
            1 => Call("2", "recall", new() { ["query"] = "Where does Ada Kern live?" }),
            2 => Call("3", "recall", new() { ["question"] = "Where does Ada Kern live?" }),
            _ => ScriptedChatClient.Response(Result(request).Contains("Oslo", StringComparison.Ordinal) ? "In Oslo." : "I do not know."),
        }));
        var answer = await AgentLoop.RunAsync(model, "Note that Ada moved, then tell me where she lives.", memory.AsAIFunctions(new() { Source = "agent-7" }));
        Assert.That(answer, Is.EqualTo("In Oslo."));
        Assert.That(Result(model.Requests[1]), Does.Contain("\"outcome\":\"added\""));
        Assert.That(Result(model.Requests[2]), Does.Contain("'question' is missing"));
        Assert.That(Result(model.Requests[3]), Does.Contain("\"source\":\"agent-7\""));
        Assert.That(model.Requests[0].Options.Tools, Has.Count.EqualTo(6));
    }

    static ChatResponse Call(string id, string name, Dictionary<string, object?> arguments) =>
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(id, name, arguments)])) { FinishReason = ChatFinishReason.ToolCalls };

    static string Result(ScriptedChatClient.Request request) =>
        request.Messages[^1].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()!;
}
