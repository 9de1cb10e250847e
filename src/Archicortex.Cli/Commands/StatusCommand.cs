using System.CommandLine;
using System.Globalization;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex status --memory notes.archicortex</c></summary>
static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "status",
            "Says what a memory holds.",
            """
            Example:
              archicortex status --memory notes.archicortex
            """)
        {
            memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var opened = await Memories.OpenForReadingAsync(
                parsed.GetRequiredValue(memory), parsed.GetRequiredValue(SharedOptions.Scope), ct).ConfigureAwait(false);
            await using var openedClosing = opened.ConfigureAwait(false);
            var status = await opened.GetStatusAsync(ct).ConfigureAwait(false);
            var facts = await opened.CountFactsAsync(ct).ConfigureAwait(false);
            if (parsed.GetValue(SharedOptions.Json))
            {
                await JsonOutput.WriteAsync(terminal.Output, new StatusJson(
                    status.Name, status.Scope, status.Documents, status.Passages, status.Names, status.Words,
                    status.Facts, facts, status.Tasks, status.Cases,
                    EmbeddingJson.Of(status.Embedding?.Epoch), status.Operations, status.Head)).ConfigureAwait(false);
            }
            else
            {
                await terminal.Output.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"""
                    {status.Name}, scope {status.Scope}
                      documents   {status.Documents,10:N0}
                      passages    {status.Passages,10:N0}
                      names       {status.Names,10:N0}
                      words       {status.Words,10:N0}
                      facts       {status.Facts,10:N0}{Readers(facts)}{Vectors(status.Embedding)}{Work(status)}
                      operations  {status.Operations,10:N0}   (forgets included; the last is {status.Head})

                    """)).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>Two lines that most memories do without.</summary>
    static string Work(MemoryStatus status) => status.Tasks + status.Cases == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"\n  tasks       {status.Tasks,10:N0}\n  cases       {status.Cases,10:N0}");

    static string Vectors(EmbeddingStatus? embedding) => embedding is null ? "" : $"\n  vectors of  {EmbedText.Of(embedding.Epoch)}";

    /// <summary>"   (given 12, rules 802)": who read them.</summary>
    static string Readers(IReadOnlyDictionary<string, int> facts) => facts.Count == 0 ? "" : "   (" + string.Join(
        ", ", facts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{Shell.Short(one.Key, 80)} {one.Value:N0}"))) + ")";
}
