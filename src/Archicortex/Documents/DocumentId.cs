using System.Globalization;

namespace Archicortex.Documents;

/// <summary>Names a document inside a scope: 128 bits of a content hash. Equal on every machine.</summary>
/// <remarks>A document that its owner gave an id is named by that id; any other by all it says, so that remembering it again changes nothing.</remarks>
public readonly record struct DocumentId(UInt128 Value) : IComparable<DocumentId>
{
    /// <inheritdoc/>
    public int CompareTo(DocumentId other) => Value.CompareTo(other.Value);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out DocumentId id)
    {
        var parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = new DocumentId(value);
        return parsed && text!.Length == 32;
    }

    /// <inheritdoc/>
    public static bool operator <(DocumentId left, DocumentId right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator >(DocumentId left, DocumentId right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator <=(DocumentId left, DocumentId right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >=(DocumentId left, DocumentId right) => left.Value >= right.Value;
}
