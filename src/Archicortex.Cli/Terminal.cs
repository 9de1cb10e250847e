using System.Globalization;
using System.Text;
using Archicortex.Cli.Rendering;
using Spectre.Console;

namespace Archicortex.Cli;

/// <summary>What a command talks to: the process's streams, or a test's.</summary>
sealed class Terminal : IDisposable
{
    const int WidthWithoutTerminal = 80;
    const int WidthMax = 120;
    const int WidthMin = 40;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input and output as bytes, for '-'.</summary>
    public required Func<Stream> OpenInput { get; init; }

    public required Func<Stream> OpenOutput { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>True if a person watches standard error: progress may move there.</summary>
    public bool IsErrorLive { get; init; }

    public bool IsOutputLive { get; init; }

    /// <summary>Columns to write in. Beyond 120, lines of text are hard to read.</summary>
    public int Width { get; init; } = WidthWithoutTerminal;

    /// <summary>Standard output with styles; plain when it is redirected.</summary>
    public IAnsiConsole Page => _page ??= ConsoleOn(Output, IsOutputLive);

    /// <summary>Standard error with styles, for progress.</summary>
    public IAnsiConsole ErrorPage => _errorPage ??= ConsoleOn(Error, IsErrorLive);

    IAnsiConsole? _page;
    IAnsiConsole? _errorPage;

    public static Terminal OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        return new Terminal
        {
            Output = Console.Out,
            Error = Console.Error,
            OpenInput = Console.OpenStandardInput,
            OpenOutput = Console.OpenStandardOutput,
            Environment = System.Environment.GetEnvironmentVariable,
            IsErrorLive = !Console.IsErrorRedirected,
            IsOutputLive = !Console.IsOutputRedirected,
            Width = WidthOfProcess(),
        };
    }

    public void Dispose()
    {
        Output.Flush();
        Error.Flush();
    }

    /// <summary>The window's width; without a window, what COLUMNS says, else 80.</summary>
    static int WidthOfProcess()
    {
        var columns = System.Environment.GetEnvironmentVariable("COLUMNS");
        var width = !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth
            : int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked
            : WidthWithoutTerminal;
        return Math.Clamp(width, WidthMin, WidthMax);
    }

    IAnsiConsole ConsoleOn(TextWriter writer, bool isLive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(isLive ? writer : new TrimmedLines(writer)),
            Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
