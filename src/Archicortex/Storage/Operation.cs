using System.Globalization;
using Archicortex.Numerics;

namespace Archicortex.Storage;

/// <summary>Names an operation by its content and by everything before it in the log.</summary>
public readonly record struct OperationId(UInt128 Value)
{
    /// <summary>What the first operation of a log follows.</summary>
    public static OperationId None => default;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out OperationId id)
    {
        var parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = new OperationId(value);
        return parsed && text!.Length == 32;
    }
}

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>A document is remembered. The payload is the document and how it was split.</summary>
    Remember = 1,

    /// <summary>A document is forgotten. The payload names it.</summary>
    Forget = 2,

    /// <summary>Facts were read in a document, by a model or another source that cannot be asked again for nothing. The payload is what was read.</summary>
    Facts = 3,

    /// <summary>Another embedder's vectors are compared from here on. The payload is its identity and calibration, not the vectors.</summary>
    UseEmbedder = 4,

    /// <summary>A model wrote a summary of a topic. The payload is the text, the set of passages it is of, and those it was written from.</summary>
    Summary = 5,

    /// <summary>A task is started, changed, revised or forgotten. The payload is what changes.</summary>
    Task = 6,

    /// <summary>A case is remembered, used or forgotten, or a concept named. The payload is what changes.</summary>
    Case = 7,
}

/// <summary>One entry of a memory's log. The log is the truth; everything else is computed from it.</summary>
/// <param name="Sequence">Place in the log of its scope: 1, 2, 3 …</param>
/// <param name="Id">Hash of the operation before it, and of all other fields: one changed byte anywhere shows.</param>
/// <param name="Kind">What it does.</param>
/// <param name="At">When it was done.</param>
/// <param name="Payload">UTF-8 JSON.</param>
public sealed record Operation(long Sequence, OperationId Id, OperationKind Kind, DateTimeOffset At, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The operation that follows another.</summary>
    /// <param name="before">Id of the operation before it, or <see cref="OperationId.None"/>.</param>
    /// <param name="sequence">Its place in the log.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="at">When.</param>
    /// <param name="payload">UTF-8 JSON.</param>
    public static Operation After(OperationId before, long sequence, OperationKind kind, DateTimeOffset at, ReadOnlyMemory<byte> payload)
    {
        using var content = new ContentHash("payload");
        using var hash = new ContentHash("operation");
        var id = hash.Add(before.Value).Add(sequence).Add((long)kind).Add(at.UtcTicks).Add(content.Add(payload.Span).Id()).Id();
        return new Operation(sequence, new OperationId(id), kind, at, payload);
    }

    /// <summary>True if the id is what the content and the operation before it make it.</summary>
    public bool IsIntactAfter(OperationId before) => After(before, Sequence, Kind, At, Payload).Id == Id;
}
