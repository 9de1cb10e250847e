using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Archicortex.Practice;

namespace Archicortex.Cli.Commands;

/// <summary>Arguments and options that the commands for tasks and cases share.</summary>
static class PracticeOptions
{
    public static readonly Argument<string> Task = SharedOptions.Sentence("task", "The task's id, as 'task list' prints it.", "'task list' prints ids.");

    public static readonly Argument<string> Case = SharedOptions.Sentence("case", "The case's id, as 'case find' prints it.", "'case find' prints ids.");

    public static readonly Option<string?> Note = Text("--note", "Something to note, in words.");

    public static readonly Option<string[]> Inputs = Named("--input", "A named text it starts from; may be given several times.");

    public static readonly Option<string[]> Outputs = Named("--output", "A named text it made; may be given several times. name= takes it out.");

    public static readonly Option<int?> ExpectVersion = SharedOptions.CountIfGiven(
        "--expect-version", "The version this is for: if the task was changed since, nothing is written.", 1, int.MaxValue);

    public static readonly Option<string[]> Tags = Many("--tag", "A label to filter by; may be given several times.", "text");

    /// <summary>A text that is not blank; null if it is not given.</summary>
    public static Option<string?> Text(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "text",
        Validators = { SharedOptions.RefuseBlank },
    };

    public static Option<string[]> Many(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };

    /// <summary>An option that must be given: how good something was.</summary>
    public static Option<decimal?> Reward(string description) =>
        SharedOptions.NumberIfGiven("--reward", description, -1, 1, "a number from -1 (never again) to 1 (again)");

    public static string Word(TaskState state) => state.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>"spec=text" by name; "spec=@file" is the file's text, "spec=" takes the name out.</summary>
    public static async Task<Dictionary<string, string?>?> ReadAsync(string[] given, string option, CancellationToken ct)
    {
        var read = new Dictionary<string, string?>();
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !read.TryAdd(one[..at], await ValueAsync(one[(at + 1)..], ct).ConfigureAwait(false)))
            {
                throw new CommandException(new("input", at < 1
                    ? $"{option} is '{one}'; it must be name=text, or name=@file for a file's text."
                    : $"{option} names '{one[..at]}' twice.", CommandLine.Failed));
            }
        }

        return read.Count > 0 ? read : null;
    }

    static async Task<string?> ValueAsync(string text, CancellationToken ct) => text.Length == 0 ? null
        : text[0] != '@' ? text
        : text.StartsWith("@@", StringComparison.Ordinal) ? text[1..]
        : await File.ReadAllTextAsync(text[1..], ct).ConfigureAwait(false);

    static Option<string[]> Named(string name, string description)
    {
        var option = Many(name, description + " name=@file reads a file.", "name=text");
        option.Validators.Add(RefuseNameless);
        return option;
    }

    static void RefuseNameless(OptionResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1) is { } bad)
        {
            result.AddError($"{result.Option.Name} is '{bad.Value}'; it must be name=text, or name=@file for a file's text.");
        }
    }
}
