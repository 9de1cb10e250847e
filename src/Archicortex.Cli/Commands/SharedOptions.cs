using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Archicortex.Cli.Commands;

/// <summary>Options that several commands have, said once.</summary>
static class SharedOptions
{
    public const string MemoryVariable = "ARCHICORTEX_MEMORY";

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one line of JSON (see json-contract.md) instead of text.",
    };

    public static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Where a document's id is remembered with other content, put the new one in its place. Default: refuse.",
    };

    public static readonly Option<string> Scope = new("--scope")
    {
        Description = "Whose memory in the file it is; nothing crosses scopes.",
        DefaultValueFactory = _ => GraphMemoryOptions.DefaultScope,
        HelpName = "name",
        Validators = { RefuseBlank },
    };

    public static readonly Option<int> Top = new("--top", "-n")
    {
        Description = "Passages to show, 1 to 1000.",
        DefaultValueFactory = _ => 5,
        HelpName = "count",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= 1000)
            {
                return top;
            }

            result.AddError($"--top is '{result.Tokens[0].Value}'; it must be a whole number between 1 and 1000.");
            return 0;
        },
    };

    public static Option<string> Memory(Terminal terminal) => new("--memory", "-m")
    {
        Description = $"The memory's file. Default: the variable {MemoryVariable}.",
        HelpName = "file",
        DefaultValueFactory = result =>
        {
            if (terminal.Environment(MemoryVariable) is { Length: > 0 } path)
            {
                return path;
            }

            result.AddError($"Which memory? Name its file with --memory notes.archicortex, or set the variable {MemoryVariable}.");
            return "";
        },
        Validators = { RefuseBlank },
    };

    /// <summary>An option whose value is one of a few words, the first of them its default.</summary>
    public static Option<string> OneOf(string name, string shortName, string description, params string[] words)
    {
        var option = new Option<string>(name, shortName)
        {
            Description = description,
            DefaultValueFactory = _ => words[0],
            HelpName = string.Join('|', words),
            Validators =
            {
                result =>
                {
                    if (result.Tokens is [{ Value: var value }] && !words.Contains(value, StringComparer.Ordinal))
                    {
                        result.AddError($"{name} is '{value}'; it must be one of {string.Join(", ", words)}.");
                    }
                },
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    static void RefuseBlank(OptionResult result)
    {
        if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
        {
            result.AddError($"{result.Option.Name} is empty; give it a value.");
        }
    }
}
