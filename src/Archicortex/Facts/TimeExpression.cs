using System.Text.Json.Serialization;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>A run of days.</summary>
/// <param name="From">The first day; null: open.</param>
/// <param name="To">The day after the last; null: open.</param>
public readonly record struct DayRange(DateOnly? From, DateOnly? To)
{
    /// <summary>True if neither end is known.</summary>
    [JsonIgnore]
    public bool IsOpen => From is null && To is null;

    /// <summary>True if a day lies in it.</summary>
    public bool Contains(DateOnly day) => !(day < From) && !(day >= To);

    /// <summary>The days as a person would write them: "7 May 2023", "since 2016", "at any time".</summary>
    /// <param name="exactness">How exactly they were given.</param>
    public string ToText(TimeGranularity exactness = TimeGranularity.Day) => Time.TimeText.Of(this, exactness);
}

/// <summary>How exactly a time is given, finest first.</summary>
public enum TimeGranularity
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, Monday to Sunday, or a weekend.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A season of three months.</summary>
    Season,

    /// <summary>A year.</summary>
    Year,

    /// <summary>Ten years.</summary>
    Decade,
}

/// <summary>Words of a text that name a time, and the days they mean.</summary>
/// <param name="Text">Where they stand.</param>
/// <param name="Days">The days they mean.</param>
/// <param name="Granularity">How exactly.</param>
/// <param name="Rule">The rule that read them, e.g. "lastUnit".</param>
public sealed record TimeExpression(TextSpan Text, DayRange Days, TimeGranularity Granularity, string Rule)
{
    /// <summary>True for "recently" and "a few days ago": the days are widened by half to both sides.</summary>
    public bool IsFuzzy { get; init; }

    /// <summary>How long it lasted, for "for three weeks"; null if the words do not say.</summary>
    public int? DurationDays { get; init; }

    /// <summary>The time of day, for "yesterday at 3 pm".</summary>
    public TimeOnly? Clock { get; init; }
}
