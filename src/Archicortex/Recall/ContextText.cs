using System.Globalization;
using System.Text;
using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Prints what a context holds: sections, numbers, quoted texts.</summary>
/// <remarks>
/// A pure function of the set of units and the order asked for. Lines of the memory start in the first column; further lines
/// of quoted texts are indented, so that a text that writes "[7]" or "Facts:" is seen for what it is.
/// </remarks>
sealed class ContextText
{
    public const int LabelCharsMax = 120;

    const string Indent = "  ";
    const char Gap = '…';

    readonly StringBuilder _text = new();
    readonly List<ContextCitation> _citations = [];
    readonly List<ContextPassage> _parts = [];
    readonly RecallView _view;
    readonly ContextOrder _order;
    string _heading = "";
    int _from;

    ContextText(RecallView view, ContextOrder order) => (_view, _order) = (view, order);

    /// <summary>Prints a context.</summary>
    /// <param name="view">The memory: which turns are neighbours.</param>
    /// <param name="pinned">Texts of the caller, printed first.</param>
    /// <param name="units">What it holds, best first.</param>
    /// <param name="order">How passages are ordered; not Auto.</param>
    public static ContextPrint Print(
        RecallView view, IReadOnlyList<string> pinned, IReadOnlyList<PackedUnit> units, ContextOrder order)
    {
        var text = new ContextText(view, order);
        text.PrintPinned(pinned, [.. units.Where(one => one.Unit is PassageUnit { IsPinned: true })]);
        text.PrintLines("Facts:", units, ContextKind.Fact);
        text.PrintLines("Summaries:", units, ContextKind.Summary);
        text.PrintPassages([.. units.Where(one => one.Unit is PassageUnit { IsPinned: false })]);
        return new(text._text.ToString(), text._citations, text._parts);
    }

    /// <summary>A passage's title and section, or nothing.</summary>
    public static string Label(Passage passage) => OneLine((passage.Title, passage.Section) switch
    {
        ({ } title, { } section) => $"{title} › {section}",
        ({ } title, null) => title,
        (null, { } section) => section,
        _ => "",
    });

    /// <summary>A name that somebody gave, without line breaks and of bounded length.</summary>
    public static string OneLine(string name)
    {
        var line = new StringBuilder();
        foreach (var c in name)
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(isBlank ? ' ' : c);
            }
        }

        if (line.Length > LabelCharsMax)
        {
            line.Length = char.IsHighSurrogate(line[LabelCharsMax - 1]) ? LabelCharsMax - 1 : LabelCharsMax;
            line.Append(Gap);
        }

        return line.ToString().TrimEnd();
    }

    void PrintPinned(IReadOnlyList<string> pinned, List<PackedUnit> passages)
    {
        if (pinned.Count + passages.Count == 0)
        {
            return;
        }

        Section("Pinned:");
        foreach (var text in pinned)
        {
            _text.Append("- ");
            Quote(text);
        }

        foreach (var one in passages)
        {
            PrintPassage(one, (PassageUnit)one.Unit, LabelOf(((PassageUnit)one.Unit).Passage), ContextKind.Pinned);
        }
    }

    void PrintLines(string heading, IReadOnlyList<PackedUnit> units, ContextKind kind)
    {
        var lines = units.Select(one => one.Unit).OfType<LineUnit>().Where(unit => unit.Kind == kind)
            .OrderBy(unit => unit.Order, StringComparer.Ordinal).ThenBy(unit => unit.Key).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        Section(heading);
        foreach (var line in lines)
        {
            if (line.Heading.Length > 0)
            {
                _text.Append(line.Heading).Append(":\n");
            }

            _heading = line.Heading;

            foreach (var part in line.Parts)
            {
                Number(kind, part.Passage, part.Span);
                Quote(part.Text);
                EndPart();
            }
        }
    }

    /// <summary>Turns by session, passages by document, in the order asked for; what is of one group stands as it was said or written.</summary>
    void PrintPassages(List<PackedUnit> passages)
    {
        if (passages.Count == 0)
        {
            return;
        }

        Section("Passages:");
        var groups = passages.Select((one, rank) => (one, rank)).GroupBy(pair => GroupOf((PassageUnit)pair.one.Unit))
            .Select(group => (group.Key.IsSession, Rank: group.Min(pair => pair.rank), Members: group.Select(pair => pair.one).OrderBy(PlaceOf).ToList()));
        var ordered = _order switch
        {
            ContextOrder.BestFirst => groups.OrderBy(group => group.Rank),
            ContextOrder.Chronological => groups.OrderBy(group => group.Members.Min(TicksOf)).ThenByDescending(group => group.Rank),
            _ => groups.OrderByDescending(group => group.Rank),
        };
        foreach (var (isSession, _, members) in ordered)
        {
            if (isSession)
            {
                PrintSession(members);
            }
            else
            {
                PrintDocument(members);
            }
        }
    }

    void PrintSession(List<PackedUnit> turns)
    {
        var days = turns.Select(one => DayOf(PassageOf(one))).Distinct().ToList();
        var session = PassageOf(turns[0]).Document.Session is { } name ? $"Conversation {OneLine(name)}" : "Conversation";
        _heading = days is [{ } day] ? $"{session}, {day}" : session;
        _text.Append(_heading).Append(":\n");
        var before = -1;
        foreach (var turn in turns)
        {
            var unit = (PassageUnit)turn.Unit;
            var place = _view.Time.PlaceOf(unit.Row);
            if (before >= 0 && place > before + 1)
            {
                _text.Append(Gap).Append('\n');
            }

            before = place;
            var speaker = unit.Passage.Speaker is { } who ? OneLine(who) : Label(unit.Passage);
            var said = days.Count > 1 ? DayOf(unit.Passage) : null;
            PrintPassage(turn, unit, string.Join(' ', new[] { said, speaker }.Where(part => part is { Length: > 0 })) + Repeated(unit), ContextKind.Passage);
        }
    }

    /// <summary>" (6 times, 2024-03-01 to 2024-04-05)", of what was found.</summary>
    string Repeated(PassageUnit unit)
    {
        if (unit.Repeats.Length == 0)
        {
            return "";
        }

        var days = unit.Repeats.Append(unit.Row).Select(row => DayOf(_view.Passage(row))).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var times = string.Create(CultureInfo.InvariantCulture, $"{unit.Repeats.Length + 1} times");
        return days.Count == 0 || days[0] == days[^1] ? $" ({times})" : $" ({times}, {days[0]} to {days[^1]})";
    }

    void PrintDocument(List<PackedUnit> passages)
    {
        _heading = "";
        if (passages.Count == 1)
        {
            PrintPassage(passages[0], (PassageUnit)passages[0].Unit, LabelOf(PassageOf(passages[0])), ContextKind.Passage);
            return;
        }

        var first = PassageOf(passages[0]);
        var label = LabelOf(first.Document.Title, null, DayOf(first));
        _heading = label.Length > 0 ? label : OneLine(first.Document.Id ?? first.DocumentId.ToString());
        _text.Append(_heading).Append(":\n");
        foreach (var one in passages)
        {
            PrintPassage(one, (PassageUnit)one.Unit, PassageOf(one).Section is { } section ? OneLine(section) : "", ContextKind.Passage);
        }
    }

    /// <summary>A passage as one numbered line; trimmed, a line for each stretch of it.</summary>
    void PrintPassage(PackedUnit one, PassageUnit unit, string label, ContextKind kind)
    {
        var passage = unit.Passage;
        var text = passage.Text;
        var runs = one.Runs ?? [new TextSpan(0, text.Length)];
        var end = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            Number(one.Runs is null ? kind : ContextKind.Sentences, passage, runs[i] with { Start = passage.Span.Start + runs[i].Start });
            if (i == 0 && label.Length > 0)
            {
                _text.Append(label).Append(": ");
            }

            if (!string.IsNullOrWhiteSpace(text[end..runs[i].Start]))
            {
                _text.Append(Gap).Append(' ');
            }

            end = runs[i].End;
            Quote(text.AsSpan(runs[i].Start, runs[i].Length));
            EndPart();
        }
    }

    void Section(string heading)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(heading).Append('\n');
        _heading = "";
    }

    void Number(ContextKind kind, Passage passage, TextSpan span)
    {
        var number = _citations.Count + 1;
        _citations.Add(new(
            number, kind, passage.Document.Id ?? passage.DocumentId.ToString(), passage.DocumentId, passage.Id, span,
            passage.Document.Text.Substring(span.Start, span.Length)));
        _text.Append(CultureInfo.InvariantCulture, $"[{number}] ");
        _from = _text.Length;
    }

    void EndPart() => _parts.Add(new(_parts.Count + 1, (_heading.Length > 0 ? _heading + "\n" : "") + _text.ToString(_from, _text.Length - _from).TrimEnd()));

    void Quote(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd();
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny('\r', '\n');
            _text.Append(end < 0 ? text : text[..end]);
            if (end < 0)
            {
                break;
            }

            _text.Append('\n').Append(Indent);
            text = text[(end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1))..];
        }

        _text.Append('\n');
    }

    static string LabelOf(Passage passage) => passage.Document.Speaker is { } speaker && passage.Title is null
        ? LabelOf(speaker, null, DayOf(passage))
        : LabelOf(passage.Title, passage.Section, DayOf(passage));

    static string LabelOf(string? title, string? section, string? day)
    {
        var name = OneLine(section is null ? title ?? "" : title is null ? section : $"{title} › {section}");
        return day is null ? name : name.Length == 0 ? day : $"{name}, {day}";
    }

    (bool IsSession, UInt128 Id) GroupOf(PassageUnit unit) => _view.Time.SessionOf(unit.Row) is var session and >= 0
        ? (true, (UInt128)session)
        : (false, unit.Passage.DocumentId.Value);

    /// <summary>In a session by its turns, in a document by where it stands.</summary>
    (int Place, int Start) PlaceOf(PackedUnit one)
    {
        var unit = (PassageUnit)one.Unit;
        return (_view.Time.SessionOf(unit.Row) >= 0 ? _view.Time.PlaceOf(unit.Row) : 0, unit.Passage.Span.Start);
    }

    static Passage PassageOf(PackedUnit one) => ((PassageUnit)one.Unit).Passage;

    static long TicksOf(PackedUnit one) => PassageOf(one).Document.Time?.UtcTicks ?? long.MinValue;

    static string? DayOf(Passage passage) => passage.Document.Time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A printed context.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Citations">What its numbers stand for.</param>
/// <param name="Parts">What stands under each number.</param>
sealed record ContextPrint(string Text, List<ContextCitation> Citations, List<ContextPassage> Parts);
