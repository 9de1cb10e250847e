using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Archicortex.Tests.Ecosystem;

/// <summary>Writes down what is logged.</summary>
sealed class RecordedLog(LogLevel least = LogLevel.Trace) : ILoggerFactory
{
    readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyList<Line> Lines => [.. _lines];

    public IEnumerable<int> Ids => Lines.Select(line => line.Id);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName, least);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public sealed record Line(string Category, LogLevel Level, int Id, string Text);

    sealed class Category(RecordedLog log, string name, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue(new(name, logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));
    }
}
