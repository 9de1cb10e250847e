using System.Collections.Frozen;

namespace Archicortex.Facts.Time;

/// <summary>The part a word plays in an expression of time.</summary>
enum WordKind : byte
{
    /// <summary>Says nothing about time.</summary>
    None,

    /// <summary>Up to four digits; the value is the number.</summary>
    Digits,

    /// <summary>one … twelve; the value is the number.</summary>
    Count,

    /// <summary>couple, few, several: a number that is not meant exactly.</summary>
    VagueCount,

    /// <summary>a, an: one.</summary>
    Article,

    /// <summary>first … twelfth; 0 for "final".</summary>
    Ordinal,

    /// <summary>st, nd, rd, th behind digits.</summary>
    OrdinalEnding,

    /// <summary>1 … 12.</summary>
    Month,

    /// <summary>0 (Sunday) … 6.</summary>
    Weekday,

    /// <summary>"Fridays", which counts ("two Fridays ago") or is a habit.</summary>
    Weekdays,

    /// <summary>A <see cref="TimeUnit"/>.</summary>
    Unit,

    /// <summary>First month of the season: 3, 6, 9, 12.</summary>
    Season,

    /// <summary>last, past, previous −1; this 0; next, coming, upcoming +1.</summary>
    Relative,

    /// <summary>yesterday −1, today 0, tomorrow +1.</summary>
    NamedDay,

    /// <summary>morning, afternoon, evening.</summary>
    DayPart,

    /// <summary>recently, lately.</summary>
    Recently,

    /// <summary>A <see cref="HolidayWord"/>.</summary>
    Holiday,

    /// <summary>early 0, mid 1, late 2.</summary>
    Early,

    /// <summary>beginning, start 0, middle 1, end 2 ("of June").</summary>
    PartOf,

    /// <summary>in, on, during …: a bare month or year may follow.</summary>
    Preposition,

    /// <summary>about, around, almost: stands before a number.</summary>
    Roughly,

    /// <summary>every, each: what follows is a habit.</summary>
    Every,

    /// <summary>people, miles, dollars: the number before it is no year.</summary>
    Measure,

    /// <summary>am, pm.</summary>
    Meridiem,

    /// <summary>noon 12, midnight 0.</summary>
    NamedHour,

    Ago,
    Back,
    In,
    On,
    At,
    Of,
    The,
    Other,
    Since,
    Ever,
    Until,
    By,
    From,
    To,
    Between,
    And,
    Before,
    After,
    For,
    Now,
    Later,
    Onward,
    When,
    Person,
    Was,
    Age,
    Aged,
    Years,
    Plural,
}

/// <summary>A unit words count in.</summary>
enum TimeUnit
{
    Day,
    Week,
    Weekend,
    Month,
    Year,

    /// <summary>Two weeks.</summary>
    Fortnight,

    /// <summary>Only "the second half of June".</summary>
    Half,

    /// <summary>Only "the first quarter of 2020".</summary>
    Quarter,
}

/// <summary>The words that make up names of holidays.</summary>
enum HolidayWord
{
    Christmas,
    Eve,
    New,
    Halloween,
    Valentine,
    Thanksgiving,
    Easter,
    Good,
    Boxing,
    Black,
    Saint,
    Patrick,
}

/// <summary>What the lexicon knows of a word.</summary>
/// <param name="Kind">Its part.</param>
/// <param name="Value">Its number, by kind.</param>
/// <param name="IsAnchor">A text without one of these holds no expression of time.</param>
/// <param name="NeedsCapital">A short form that is another word in small letters.</param>
readonly record struct LexiconEntry(WordKind Kind, short Value, bool IsAnchor, bool NeedsCapital);

/// <summary>The words expressions of time are made of, English.</summary>
static class TimeLexicon
{
    /// <summary>Months whose name is another word: in small letters they need more than a number beside them.</summary>
    public const int March = 3, May = 5;

    /// <summary>A longer word is not looked up.</summary>
    public const int LengthMax = 12;

    static readonly FrozenDictionary<string, LexiconEntry>.AlternateLookup<ReadOnlySpan<char>> Words =
        Build().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static LexiconEntry Of(ReadOnlySpan<char> word) =>
        word.Length <= LengthMax && Words.TryGetValue(word, out var entry) ? entry : default;

    static Dictionary<string, LexiconEntry> Build()
    {
        var words = new Dictionary<string, LexiconEntry>(StringComparer.OrdinalIgnoreCase);
        AddNumbers(words);
        AddNames(words);
        AddUnits(words);
        Add(words, WordKind.Preposition, 0, "during over throughout around circa through within");
        Add(words, WordKind.Roughly, 0, "about almost nearly roughly approximately exactly just only maybe");
        Add(words, WordKind.Every, 0, "every each most");
        Add(words, WordKind.Measure, 0, "people dollars euros pounds miles metres meters km feet men women words units times percent hours minutes "
            + "copies cases points children students bc bce degrees pages bytes mb calories kilometers kilometres steps");
        Add(words, WordKind.Meridiem, 0, "am");
        Add(words, WordKind.Meridiem, 12, "pm");
        Add(words, WordKind.NamedHour, 12, "noon midday");
        Add(words, WordKind.NamedHour, 0, "midnight");
        Add(words, WordKind.Person, 0, "i he she they we you");
        Add(words, WordKind.Was, 0, "was were turned");
        Add(words, WordKind.Until, 0, "until till");
        Add(words, WordKind.Onward, 0, "onward onwards forward");
        Add(words, WordKind.Later, 0, "later hence");
        foreach (var (word, kind) in (ReadOnlySpan<(string, WordKind)>)[
            ("ago", WordKind.Ago), ("back", WordKind.Back), ("in", WordKind.In), ("on", WordKind.On), ("at", WordKind.At),
            ("of", WordKind.Of), ("the", WordKind.The), ("other", WordKind.Other), ("since", WordKind.Since), ("ever", WordKind.Ever),
            ("by", WordKind.By), ("from", WordKind.From), ("to", WordKind.To), ("between", WordKind.Between), ("and", WordKind.And),
            ("before", WordKind.Before), ("after", WordKind.After), ("for", WordKind.For), ("now", WordKind.Now), ("when", WordKind.When),
            ("age", WordKind.Age), ("aged", WordKind.Aged), ("s", WordKind.Plural)])
        {
            Add(words, kind, 0, word);
        }

        return words;
    }

    static void AddNumbers(Dictionary<string, LexiconEntry> words)
    {
        AddRow(words, WordKind.Count, 1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            + "eighteen nineteen twenty");
        Add(words, WordKind.VagueCount, 2, "couple");
        Add(words, WordKind.VagueCount, 3, "few");
        Add(words, WordKind.VagueCount, 4, "several");
        Add(words, WordKind.Article, 1, "a an");
        AddRow(words, WordKind.Ordinal, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth");
        Add(words, WordKind.Ordinal, 0, "final");
        Add(words, WordKind.OrdinalEnding, 0, "st nd rd th");
    }

    static void AddNames(Dictionary<string, LexiconEntry> words)
    {
        AddRow(words, WordKind.Month, 1, "january february march april may june july august september october november december", isAnchor: true);
        AddRow(words, WordKind.Month, 1, "jan feb mar apr - jun jul aug sep oct nov dec", isAnchor: true, needsCapital: true);
        Add(words, WordKind.Month, 9, "sept", isAnchor: true, needsCapital: true);
        AddRow(words, WordKind.Weekday, 0, "sunday monday tuesday wednesday thursday friday saturday", isAnchor: true);
        AddRow(words, WordKind.Weekdays, 0, "sundays mondays tuesdays wednesdays thursdays fridays saturdays", isAnchor: true);
        AddRow(words, WordKind.Weekday, 0, "sun mon tue wed thu fri sat", isAnchor: true, needsCapital: true);
        Add(words, WordKind.Weekday, 2, "tues", isAnchor: true);
        Add(words, WordKind.Weekday, 4, "thur thurs", isAnchor: true);
        Add(words, WordKind.Season, 3, "spring", isAnchor: true);
        Add(words, WordKind.Season, 6, "summer", isAnchor: true);
        Add(words, WordKind.Season, 9, "autumn fall", isAnchor: true);
        Add(words, WordKind.Season, 12, "winter", isAnchor: true);
        foreach (var (word, part) in (ReadOnlySpan<(string, HolidayWord)>)[
            ("christmas", HolidayWord.Christmas), ("xmas", HolidayWord.Christmas), ("eve", HolidayWord.Eve), ("new", HolidayWord.New),
            ("halloween", HolidayWord.Halloween), ("valentine", HolidayWord.Valentine), ("valentines", HolidayWord.Valentine),
            ("thanksgiving", HolidayWord.Thanksgiving), ("easter", HolidayWord.Easter), ("good", HolidayWord.Good), ("boxing", HolidayWord.Boxing),
            ("black", HolidayWord.Black), ("saint", HolidayWord.Saint), ("patrick", HolidayWord.Patrick)])
        {
            // "new", "good" and "black" are everyday words; what follows them is an anchor itself.
            var isEveryday = part is HolidayWord.New or HolidayWord.Good or HolidayWord.Black or HolidayWord.Saint;
            Add(words, WordKind.Holiday, (short)part, word, isAnchor: !isEveryday);
        }
    }

    static void AddUnits(Dictionary<string, LexiconEntry> words)
    {
        Add(words, WordKind.Unit, (short)TimeUnit.Day, "day days night nights", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Week, "week weeks wk wks", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Weekend, "weekend weekends", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Month, "month months", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Year, "year years yr yrs", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Fortnight, "fortnight fortnights", isAnchor: true);
        Add(words, WordKind.Unit, (short)TimeUnit.Half, "half");
        Add(words, WordKind.Unit, (short)TimeUnit.Quarter, "quarter");
        Add(words, WordKind.Relative, -1, "last past previous");
        Add(words, WordKind.Relative, 0, "this");
        Add(words, WordKind.Relative, 1, "next coming upcoming");
        Add(words, WordKind.NamedDay, -1, "yesterday", isAnchor: true);
        Add(words, WordKind.NamedDay, 0, "today tonight", isAnchor: true);
        Add(words, WordKind.NamedDay, 1, "tomorrow", isAnchor: true);
        Add(words, WordKind.DayPart, 0, "morning afternoon evening", isAnchor: true);
        Add(words, WordKind.Recently, 0, "recently lately", isAnchor: true);
        Add(words, WordKind.Early, 0, "early earlier");
        Add(words, WordKind.Early, 1, "mid");
        Add(words, WordKind.Early, 2, "late");
        Add(words, WordKind.PartOf, 0, "beginning start");
        Add(words, WordKind.PartOf, 1, "middle");
        Add(words, WordKind.PartOf, 2, "end");
    }

    static void AddRow(
        Dictionary<string, LexiconEntry> words, WordKind kind, short first, string row, bool isAnchor = false, bool needsCapital = false)
    {
        foreach (var word in row.Split(' '))
        {
            Add(words, kind, first++, word, isAnchor, needsCapital);
        }
    }

    static void Add(
        Dictionary<string, LexiconEntry> words, WordKind kind, short value, string row, bool isAnchor = false, bool needsCapital = false)
    {
        foreach (var word in row.Split(' '))
        {
            words[word] = new(kind, value, isAnchor, needsCapital);
        }
    }
}
