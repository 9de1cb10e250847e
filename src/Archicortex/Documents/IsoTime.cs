using System.Globalization;

namespace Archicortex.Documents;

/// <summary>A moment or a day as ISO 8601 writes it; without an offset it is taken as UTC, so that every machine reads the same.</summary>
static class IsoTime
{
    public const string Example = "2024-03-09T10:12:00+01:00";

    static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyyMMdd'T'HHmmssK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
