using System.CommandLine;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Commands;

/// <summary><c>archicortex forget notes/plan.md --memory notes.archicortex</c></summary>
static class ForgetCommand
{
    static readonly Argument<string> DocumentName = new("document")
    {
        Description = "A document's id, its content id, or the source of one or more documents.",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                {
                    result.AddError("The document's name is empty. 'recall' prints ids.");
                }
            },
        },
    };

    public static Command Create(Terminal terminal)
    {
        var memory = SharedOptions.Memory(terminal);
        var command = new DocumentedCommand(
            "forget",
            "Forgets documents: recall no longer finds them.",
            """
            The text of what is forgotten stays in the log, and so in exports.

            Examples:
              archicortex forget notes/plan.md --memory notes.archicortex
              archicortex forget talk.txt --memory notes.archicortex       all turns of a chat, by their source
            """)
        {
            DocumentName, memory, SharedOptions.Scope, SharedOptions.Json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(memory);
            var scope = parsed.GetRequiredValue(SharedOptions.Scope);
            var name = parsed.GetRequiredValue(DocumentName);
            Memories.RefuseMissing(path);
            var forgotten = await Memories.WriteAsync(path, scope, terminal, memory => memory.ForgetAsync(name, ct), ct).ConfigureAwait(false);
            if (forgotten.Count == 0)
            {
                throw new CommandException(new(
                    "notFound",
                    $"'{path}' has no document with the id, content id or source '{name}' in scope '{scope}'. 'recall' prints ids.",
                    CommandLine.Failed));
            }

            if (parsed.GetValue(SharedOptions.Json))
            {
                var rows = forgotten.Select(document => new ForgottenJson(document.Id, document.Title, document.Source));
                await JsonOutput.WriteAsync(terminal.Output, new ForgetJson(path, scope, name, [.. rows])).ConfigureAwait(false);
                return CommandLine.Done;
            }

            foreach (var document in forgotten)
            {
                await terminal.Output.WriteLineAsync(
                    "forgot " + Shell.Short(document.Id ?? document.Title ?? document.Text, 100)).ConfigureAwait(false);
            }

            return CommandLine.Done;
        });
        return command;
    }
}
