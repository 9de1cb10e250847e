using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Archicortex.Cli.Commands;

/// <summary>A command whose help ends with what a line cannot say: rules and examples.</summary>
/// <param name="name">As typed.</param>
/// <param name="description">One line, also shown in the list of commands.</param>
/// <param name="details">Shown in the command's own help only.</param>
sealed class DocumentedCommand(string name, string description, string details) : Command(name, description)
{
    public string Details => details;
}

/// <summary>Prints help under the name the tool is installed by, with the command's details at the end.</summary>
sealed class DetailedHelp : SynchronousCommandLineAction
{
    const string ToolName = "archicortex";

    readonly HelpAction _help = new();

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        parseResult.InvocationConfiguration.Output = text;
        var code = _help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        var page = text.ToString().Replace(RootCommand.ExecutableName, ToolName, StringComparison.Ordinal).TrimEnd();
        output.WriteLine(parseResult.CommandResult.Command is DocumentedCommand command ? $"{page}\n\n{command.Details}" : page);
        return code;
    }
}
