using System.Diagnostics;

namespace Archicortex.Benchmarks.Quality;

/// <summary>Processor time of this process: what a query costs whatever else the machine is doing.</summary>
static class ThreadCpu
{
    // The process has one busy thread while questions are asked, and no concurrent collector.
    public static TimeSpan Now
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }
}
