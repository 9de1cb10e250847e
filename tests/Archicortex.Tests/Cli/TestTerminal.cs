using System.Text;
using Archicortex.Cli;
using Archicortex.Testing;

namespace Archicortex.Tests.Cli;

/// <summary>Runs commands in the process, on a folder of the test's own.</summary>
sealed class TestTerminal : IDisposable
{
    public TempFolder Folder { get; } = new();

    public string Memory => Folder.File("notes.archicortex");

    public string Input { get; set; } = "";

    public int Width { get; set; } = 80;

    public Dictionary<string, string> Variables { get; } = [];

    public CancellationToken Token { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Runs a command; {memory} and {folder} in its words are put in.</summary>
    public async Task<Ran> Run(params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        using var bytes = new MemoryStream();
        using var terminal = new Terminal
        {
            Output = output,
            Error = error,
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            OpenOutput = () => bytes,
            Environment = Variables.GetValueOrDefault,
            Width = Width,
            Clock = Clock,
        };
        var args = words.Select(word => word.Replace("{memory}", Memory).Replace("{folder}", Folder.Path)).ToArray();
        var code = await CommandLine.RunAsync(args, terminal, Token);
        return new Ran(code, Shown(output) + Encoding.UTF8.GetString(bytes.ToArray()), Shown(error));
    }

    public string Write(string name, string text)
    {
        var file = Folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Folder.Dispose();

    /// <summary>What was written, with the test's folder named the same in every run.</summary>
    string Shown(StringWriter writer) => writer.ToString().Replace(Folder.Path, "{folder}");
}

/// <summary>How a command ended.</summary>
sealed record Ran(int Code, string Output, string Error);
