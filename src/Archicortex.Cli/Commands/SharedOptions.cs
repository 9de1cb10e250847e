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

    public static readonly Option<int> Top = Count("--top", "-n", "Passages to show, 1 to 1000.", 5, 1, 1000);

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

    /// <summary>How passages are found, in the words of the command line.</summary>
    public static Option<string> Strategy() => OneOf(
        "--strategy", "-s", "How passages are ranked.",
        "auto", "graph", "flat", "facts", "hippo1", "hippo2", "dense", "dialogue", "tree", "path", "local", "memgas");

    public static RecallStrategy StrategyOf(string word) => Enum.Parse<RecallStrategy>(word, ignoreCase: true);

    /// <summary>A question or a claim: words that are not blank.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="description">What to write.</param>
    /// <param name="cure">Said when it is blank.</param>
    public static Argument<string> Sentence(string name, string description, string cure) => new(name)
    {
        Description = description,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                {
                    result.AddError($"The {name} is empty. {cure}");
                }
            },
        },
    };

    /// <summary>An option whose value is a whole number in a range.</summary>
    public static Option<int> Count(string name, string? shortName, string description, int standard, int least, int most) =>
        new(name, shortName is null ? [] : [shortName])
        {
            Description = description,
            DefaultValueFactory = _ => standard,
            HelpName = "count",
            CustomParser = result => NumberIn(result, least, most),
        };

    /// <summary>The same without a default: null if it is not given.</summary>
    public static Option<int?> CountIfGiven(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "count",
        CustomParser = result => NumberIn(result, least, most),
    };

    /// <summary>An option whose value is a decimal number in a range; null if it is not given.</summary>
    public static Option<decimal?> NumberIfGiven(string name, string description, decimal least, decimal most, string rule) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"{NameOf(result)} is '{result.Tokens[0].Value}'; it must be {rule}.");
            return null;
        },
    };

    /// <summary>An option whose value is a day; null if it is not given.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "yyyy-mm-dd",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{NameOf(result)} is '{result.Tokens[0].Value}'; it must be a day such as 2024-03-09.");
            return null;
        },
    };

    static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    public static int NumberIn(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{NameOf(result)} is '{text}'; it must be a whole number between {least} and {most}."));
        return least;
    }

    /// <summary>An option whose value is one of a few words, the first of them its default.</summary>
    /// <param name="name">With its two dashes.</param>
    /// <param name="shortName">With one; null if there is none.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="words">What it may be.</param>
    public static Option<string> OneOf(string name, string? shortName, string description, params string[] words)
    {
        var option = new Option<string>(name, shortName is null ? [] : [shortName])
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

    public static void RefuseBlank(OptionResult result)
    {
        if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
        {
            result.AddError($"{result.Option.Name} is empty; give it a value.");
        }
    }
}
