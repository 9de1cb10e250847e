using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Which family of rules found a fact.</summary>
enum FactRule : byte
{
    /// <summary>A typed pattern: a relation the engine knows.</summary>
    Typed,

    /// <summary>A noun beside a noun: "Ada, a nurse".</summary>
    Nominal,

    /// <summary>Any verb between two noun phrases.</summary>
    Generic,
}

/// <summary>Takes the facts of one sentence, drops repeats, and passes the best on.</summary>
sealed class FactSink
{
    public const int PerSentenceMax = 12;

    /// <summary>Below the gate: a generic fact never ends another.</summary>
    public const double GenericMax = Fact.InvalidationConfidence - 0.01;

    readonly List<(Fact Fact, FactRule Rule)> _found = [];

    public void Add(Fact fact, FactRule rule)
    {
        if (string.Equals(fact.Subject, fact.Object, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (var (known, _) in _found)
        {
            if (known.Subject == fact.Subject && known.Relation == fact.Relation && known.Object == fact.Object && known.IsNegated == fact.IsNegated)
            {
                return;
            }
        }

        _found.Add((fact, rule));
    }

    /// <summary>Hands over the facts of a sentence, surest first, those found first before others as sure.</summary>
    public void Flush(List<Fact> facts, List<FactRule>? rules)
    {
        for (var taken = 0; taken < PerSentenceMax && _found.Count > 0; taken++)
        {
            var best = 0;
            for (var i = 1; i < _found.Count; i++)
            {
                best = _found[i].Fact.Confidence > _found[best].Fact.Confidence ? i : best;
            }

            facts.Add(_found[best].Fact);
            rules?.Add(_found[best].Rule);
            _found.RemoveAt(best);
        }

        _found.Clear();
    }
}

/// <summary>One end of a fact.</summary>
/// <param name="Text">How the fact calls it; null: nobody knows whom the words mean.</param>
/// <param name="Known">The entity of the passage, or <see cref="Discourse.None"/>.</param>
/// <param name="Type">What sort of thing it is.</param>
/// <param name="IsPointedAt">True if a pronoun was resolved to it.</param>
/// <param name="IsNamed">True if it is a name, or a speaker.</param>
readonly record struct Party(string? Text, int Known, EntityType Type, bool IsPointedAt, bool IsNamed);

/// <summary>How a clause says what it says.</summary>
struct Manner
{
    public bool IsNegated, IsClosing, IsHedged, IsPlanned, IsEvent, IsQuoted, IsPast;

    /// <summary>"Started working", "took up chess", "got a dog": past is the beginning, and what began goes on.</summary>
    public bool IsBeginning;

    public int Hops;
    public Party? Source;
    public TimeExpression? Time;
    public Word TimePreposition;

    /// <summary>Places the fact in time (extraction.md 4.3) and weighs how it was said.</summary>
    public readonly Fact Apply(Fact fact, double confidence, TextSpan evidence, DateOnly? reference)
    {
        confidence -= (0.1 * Hops) + (IsQuoted ? 0.2 : 0);
        confidence *= IsHedged ? 0.6 : Source is not null ? 0.8 : 1;
        return fact with
        {
            IsNegated = IsNegated,
            IsClosing = IsClosing,
            Kind = IsEvent ? FactKind.Event : FactKind.State,
            Modality = IsPlanned ? FactModality.Planned : IsHedged ? FactModality.Hedged : Source is not null ? FactModality.Attributed : FactModality.Asserted,
            AttributedTo = Source?.Text,
            Confidence = Math.Max(0.1, Math.Round(confidence, 2)),
            Evidence = evidence,
            Valid = Days(reference, out var granularity),
            Granularity = granularity,
        };
    }

    readonly DayRange Days(DateOnly? reference, out TimeGranularity? granularity)
    {
        granularity = Time?.Granularity;
        if (Time is { } time)
        {
            return TimePreposition switch
            {
                _ when IsClosing => new DayRange(null, time.Days.From),
                Word.Since => new DayRange(time.Days.From, null),
                Word.Until => new DayRange(null, time.Days.To),
                Word.From when !IsEvent && time.Rule == "range" => time.Days,
                Word.From when !IsEvent => new DayRange(time.Days.From, null),
                _ when IsEvent || IsPlanned || (IsPast && !IsBeginning) => time.Days,
                _ => new DayRange(time.Days.From, null),
            };
        }

        if (reference is not { } day || IsPlanned || (!IsClosing && IsEvent))
        {
            return default;
        }

        if (IsPast && !IsClosing && !IsBeginning)
        {
            // "I lived in Arlen" says that it was so before, and no more.
            granularity = TimeGranularity.Day;
            return new DayRange(null, day);
        }

        granularity = TimeGranularity.Day;
        return IsClosing ? new DayRange(null, day) : new DayRange(day, null);
    }
}
