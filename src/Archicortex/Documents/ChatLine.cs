using System.Text.RegularExpressions;

namespace Archicortex.Documents;

/// <summary>A line that starts a turn: an optional time, a name, a colon, what was said.</summary>
/// <param name="Stamp">The time as written, without brackets; null without one.</param>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Text">What was said on this line; may be empty when it follows on the next.</param>
readonly record struct ChatLine(string? Stamp, string Speaker, string Text)
{
    const int SpeakerWordsMax = 4;

    // Exports put marks of direction where nobody sees them.
    const string Blank = @"[\s\u200e\u200f\ufeff]*";

    const string LocalStamp = @"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?";

    // A bracket may hold anything short; without brackets a stamp ends with a dash, or is ISO 8601, which is told from a name.
    static readonly Regex TurnForm = new(
        "^" + Blank + @"(?:\[(?<bracket>[^\]\r\n]{1,40})\]" + Blank
        + @"|(?<iso>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:?\d{2})?)?),?\s+(?:-\s+)?"
        + "|(?<local>" + LocalStamp + @")\s+[-–]\s+)?"
        + @"(?:~\s?)?(?<name>@?\p{L}[\p{L}\p{M}\p{N} .'’_()\-]{0,39}?|\+\d[\d ()\-\u2011]{5,24}?)\s?:(?:" + Blank + @"(?<=[\s\u200e\u200f])(?<text>.*))?$",
        RegexOptions.CultureInvariant);

    static readonly Regex NoticeForm = new("^" + Blank + LocalStamp + @"\s+[-–]\s+", RegexOptions.CultureInvariant);

    static readonly Regex SessionForm = new(@"^\s*(?:-{3,}|={3,}|#{1,6}\s)\s*\S", RegexOptions.CultureInvariant);

    static readonly Regex DayForm = new(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant);

    /// <summary>True for a line that has a stamp and nobody who speaks: "10.03.24, 08:00 - Ada left the group".</summary>
    public static bool IsNotice(string line) => NoticeForm.IsMatch(line) && !TryRead(line, out _);

    /// <summary>Reads <c>[10:12] Ada: Hello</c>, <c>2024-03-09 10:12 Ada: Hello</c>, <c>09.03.24, 10:12 - Ada: Hello</c>, <c>Ada: Hello</c>.</summary>
    public static bool TryRead(string line, out ChatLine turn)
    {
        turn = default;
        if (TurnForm.Match(line) is not { Success: true } match)
        {
            return false;
        }

        // A sentence with a colon ("There is one thing I know: …") is no name: names are short.
        var speaker = match.Groups["name"].Value.Trim();
        if (speaker.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > SpeakerWordsMax)
        {
            return false;
        }

        var stamp = string.Concat(match.Groups["bracket"].ValueSpan, match.Groups["iso"].ValueSpan, match.Groups["local"].ValueSpan).Trim();
        turn = new ChatLine(stamp.Length == 0 ? null : stamp, speaker, match.Groups["text"].Value.Trim());
        return true;
    }

    /// <summary>Reads a line that starts a session: <c>--- session 2 ---</c>, <c># Tuesday</c>, <c>2024-03-09</c>.</summary>
    /// <param name="line">A line after a blank one, or the first.</param>
    /// <param name="heading">Its words.</param>
    /// <param name="day">The day it names, if it does.</param>
    public static bool TryReadSession(string line, out string heading, out DateTimeOffset? day)
    {
        heading = line.Trim().Trim('-', '=', '#', '[', ']', ' ', '\t');
        day = DayForm.Match(heading) is { Success: true } match && IsoTime.TryRead(match.Value, out var time) ? time : null;
        return SessionForm.IsMatch(line) || (day is not null && DayForm.Replace(heading, "").Length == 0);
    }
}
