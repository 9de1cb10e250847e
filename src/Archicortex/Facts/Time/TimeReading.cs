namespace Archicortex.Facts.Time;

/// <summary>What a rule read from some word on.</summary>
/// <param name="End">The word behind the expression; 0: nothing was read.</param>
/// <param name="Days">The days it means.</param>
/// <param name="Granularity">How exactly.</param>
/// <param name="Rule">The rule's id.</param>
readonly record struct TimeReading(int End, DayRange Days, TimeGranularity Granularity, string Rule)
{
    public bool IsFuzzy { get; init; }

    public int? DurationDays { get; init; }

    public TimeOnly? Clock { get; init; }

    /// <summary>True if it has both ends, so that one can count from it.</summary>
    public bool IsClosed => End > 0 && Days is { From: not null, To: not null };

    /// <summary>A reading of days that may not exist; nothing then.</summary>
    public static TimeReading Of(int end, DayRange? days, TimeGranularity granularity, string rule) =>
        days is { } known ? new TimeReading(end, known, granularity, rule) : default;

    /// <summary>A reading of one day that may not exist; nothing then.</summary>
    public static TimeReading Of(int end, DateOnly? day, string rule) => Of(end, CalendarDays.Days(day, 1), TimeGranularity.Day, rule);

    /// <summary>The longer one; of two equally long the first.</summary>
    public TimeReading Or(TimeReading other) => other.End > End ? other : this;
}
