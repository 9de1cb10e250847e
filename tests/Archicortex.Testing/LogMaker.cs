using System.Text;
using Archicortex.Storage;

namespace Archicortex.Testing;

/// <summary>Makes chained operations for tests of stores, which do not care what an operation says.</summary>
public static class LogMaker
{
    static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Operations that follow a head.</summary>
    /// <param name="head">Where the log ends.</param>
    /// <param name="count">How many.</param>
    /// <param name="word">Stands in each payload, so that two chains of one length differ.</param>
    /// <param name="padding">Characters that each payload is made longer by.</param>
    public static IReadOnlyList<Operation> After(LogHead head, int count, string word = "a", int padding = 0)
    {
        var operations = new List<Operation>(count);
        for (var i = 0; i < count; i++)
        {
            var sequence = head.Sequence + 1;
            var payload = $$"""{"word":"{{word}}","sequence":{{sequence}},"padding":"{{new string('x', padding)}}"}""";
            operations.Add(Operation.After(
                head.Id, sequence, OperationKind.Remember, Start.AddTicks((sequence * 12_345) + 1), Encoding.UTF8.GetBytes(payload)));
            head = HeadOf(operations);
        }

        return operations;
    }

    /// <summary>Where a list of operations ends.</summary>
    public static LogHead HeadOf(IReadOnlyList<Operation> operations) =>
        operations.Count == 0 ? default : new(operations[^1].Sequence, operations[^1].Id);

    /// <summary>An operation as text, payload included: equal texts, equal operations.</summary>
    public static string Text(Operation operation) =>
        $"{operation.Sequence} {operation.Id} {operation.Kind} {operation.At:O} {Convert.ToHexString(operation.Payload.Span)}";

    /// <summary>All operations of a store after a sequence number.</summary>
    public static async Task<List<Operation>> ReadAllAsync(IMemoryStore store, long after = 0)
    {
        ArgumentNullException.ThrowIfNull(store);
        var operations = new List<Operation>();
        await foreach (var operation in store.ReadAsync(after))
        {
            operations.Add(operation);
        }

        return operations;
    }
}
