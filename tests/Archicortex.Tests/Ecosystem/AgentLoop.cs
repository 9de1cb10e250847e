using Microsoft.Extensions.AI;

namespace Archicortex.Tests.Ecosystem;

/// <summary>The loop every agent has: ask the model, call what it asks for, tell it, until it asks for nothing more.</summary>
static class AgentLoop
{
    public static async Task<string> RunAsync(IChatClient client, string task, IReadOnlyList<AIFunction> tools, int turnsMax = 8)
    {
        var messages = new List<ChatMessage> { new(ChatRole.User, task) };
        for (var turn = 0; turn < turnsMax; turn++)
        {
            var response = await client.GetResponseAsync(messages, new ChatOptions { Tools = [.. tools] });
            messages.AddRange(response.Messages);
            var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
            {
                return response.Text;
            }

            foreach (var call in calls)
            {
                var tool = tools.Single(one => one.Name == call.Name);
                var result = await tool.InvokeAsync(new AIFunctionArguments(call.Arguments ?? new Dictionary<string, object?>()));
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, result)]));
            }
        }

        throw new InvalidOperationException($"The agent was not done after {turnsMax} turns.");
    }
}
