using System.Diagnostics;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

/// <summary>The sample is built with the analyzers for trimming and native compilation, and with reflection-based JSON turned off.</summary>
[TestFixture]
public sealed class AotSampleTests
{
    [TestCase]
    [TestCase("--models")]
    public async Task The_sample_runs_without_reflection_and_finds_its_answers_right(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Archicortex.AotSample.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var sample = Process.Start(start)!;
        var (said, failed) = (sample.StandardOutput.ReadToEndAsync(), sample.StandardError.ReadToEndAsync());
        await sample.WaitForExitAsync();
        Assert.That(sample.ExitCode, Is.Zero, $"{await said}{await failed}");
    }
}
