using Archicortex;
using Archicortex.Documents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

// All of the engine that reflection could hide in: container, options, store, JSON of the log, ranking, tools. Without a
// network and without a model. Ends with 0 if every line is as it should be.
var folder = Directory.CreateTempSubdirectory("archicortex-sample-");
try
{
    var services = new ServiceCollection();
    services.AddArchicortex(Path.Combine(folder.FullName, "{scope}.archicortex"));
    if (args.Contains("--models"))
    {
        // Registered, not called: what makes the clients is trimmed as well.
        services.AddArchicortex().UseOpenAI(options => (options.Endpoint, options.ChatModel) = (new("http://127.0.0.1:9/v1"), "none"));
    }

    await using var provider = services.BuildServiceProvider();
    var memory = await provider.GetRequiredService<GraphMemories>().GetAsync("ada");
    await memory.RememberAsync(new Document("The Gull Brewery was founded by Ines Marlow in 1911.")
    {
        Title = "Gull Brewery",
        Triples = [new("Gull Brewery", "founded_by", "Ines Marlow")],
    });
    await memory.RememberAsync(new Document("Ines Marlow won the harbour regatta twice.") { Title = "Ines Marlow" });

    var recalled = await memory.RecallAsync("What did the founder of the Gull Brewery win?", new() { Explain = true, Strategy = RecallStrategy.Graph });
    var answer = await memory.AskAsync("Who founded the Gull Brewery?", new() { WithoutModel = true });
    var report = await memory.VerifyAsync();
    var tools = memory.AsAIFunctions();
    var history = await tools.Single(tool => tool.Name == "history").InvokeAsync(new AIFunctionArguments { ["name"] = "Ines Marlow" });
    var refusal = await tools.Single(tool => tool.Name == "recall").InvokeAsync(new AIFunctionArguments());

    string[] lines =
    [
        $"recall: {recalled.Passages.Count} passages, explained: {recalled.Passages.All(passage => passage.Explanation is not null)}",
        $"ask: {answer.Text.Contains("Ines Marlow", StringComparison.Ordinal)}",
        $"sound: {report.IsSound}",
        $"tools: {string.Join(' ', tools.Select(tool => tool.Name))}",
        $"history: {history?.ToString()?.Contains("\"founded_by\"", StringComparison.Ordinal)}",
        $"refusal: {refusal?.ToString()?.Contains("'question' is missing", StringComparison.Ordinal)}",
    ];
    Array.ForEach(lines, Console.WriteLine);
    string[] expected =
    [
        "recall: 2 passages, explained: True", "ask: True", "sound: True", "tools: recall ask history timeline verify remember", "history: True", "refusal: True",
    ];
    return lines.SequenceEqual(expected) ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
