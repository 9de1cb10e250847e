using System.Globalization;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>Turns what a model wrote about a passage into facts, and counts what it had to leave out.</summary>
sealed class ModelFactReading(string passage, IReadOnlyList<string> names, bool isRich)
{
    const double PlainConfidence = 0.8;
    const double UnfoundConfidence = 0.5;
    const int CharsMax = 300;
    const int FactsMax = 64;

    readonly EvidenceFinder _evidence = new(passage);
    readonly List<string> _names = [.. names.Select(name => Pad(EntityName.Of(name).Key))];
    readonly HashSet<(string Subject, string Relation, string Object, bool IsNegated)> _seen = [];
    readonly List<Fact> _facts = [];

    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>By reason: "arity", "blank", "long", "selfLoop", "duplicate", "tooMany".</summary>
    public SortedDictionary<string, int> Dropped { get; } = new(StringComparer.Ordinal);

    /// <summary>By reason: "unnamed", "evidence", "date".</summary>
    public SortedDictionary<string, int> Doubtful { get; } = new(StringComparer.Ordinal);

    public void Add(ModelStatement? statement)
    {
        if (statement is null)
        {
            Count(Dropped, "arity");
            return;
        }

        var (subject, relation, @object) = (Clean(statement.Subject), Clean(statement.Relation), Clean(statement.Object));
        var (from, to) = (EntityName.Of(subject).Key, EntityName.Of(@object).Key);
        if (ReasonToDrop(subject, relation, @object, from, to, statement.IsNegated) is { } reason)
        {
            Count(Dropped, reason);
            return;
        }

        if (!_names.Any(name => Pad(from).Contains(name, StringComparison.Ordinal) || Pad(to).Contains(name, StringComparison.Ordinal)))
        {
            Count(Doubtful, "unnamed");
        }

        var fact = new Fact(subject, relation, @object) { Confidence = PlainConfidence, Evidence = _evidence.BestSentence(subject, relation, @object) };
        _facts.Add(isRich ? Enrich(fact, statement) : Doubt(fact));
    }

    /// <summary>Where neither end shares a word with the passage, the fact may come from anywhere: it can never end another.</summary>
    Fact Doubt(Fact fact)
    {
        if (fact.Evidence.Length > 0)
        {
            return fact;
        }

        Count(Doubtful, "evidence");
        return fact with { Confidence = UnfoundConfidence };
    }

    string? ReasonToDrop(string subject, string relation, string @object, string from, string to, bool isNegated) =>
        from.Length == 0 || to.Length == 0 || EntityName.Of(relation).Key.Length == 0 ? "blank"
        : subject.Length > CharsMax || relation.Length > CharsMax || @object.Length > CharsMax ? "long"
        : from == to ? "selfLoop"
        : !_seen.Add((from, UnicodeText.Fold(relation), to, isNegated)) ? "duplicate"
        : _facts.Count == FactsMax ? "tooMany"
        : null;

    Fact Enrich(Fact fact, ModelStatement statement)
    {
        var confidence = statement.Confidence ?? PlainConfidence;
        var sentence = _evidence.SentenceOf(statement.Evidence ?? "");
        if (sentence is null)
        {
            // Words that are not in the passage may be words of no passage: such a fact can never end another.
            Count(Doubtful, "evidence");
            confidence = Math.Min(confidence, UnfoundConfidence);
        }

        var (days, granularity) = Period(statement);
        return fact with
        {
            IsNegated = statement.IsNegated,
            Modality = statement.HowSaid,
            AttributedTo = statement.HowSaid == FactModality.Attributed && !string.IsNullOrWhiteSpace(statement.AttributedTo)
                ? Clean(statement.AttributedTo)
                : null,
            Confidence = confidence,
            Evidence = sentence ?? fact.Evidence,
            Valid = days,
            Granularity = granularity,
        };
    }

    (DayRange Days, TimeGranularity? Granularity) Period(ModelStatement statement)
    {
        var from = Parse(statement.ValidFrom);
        var to = Parse(statement.ValidTo);
        var isUnreadable = (from is null && !string.IsNullOrWhiteSpace(statement.ValidFrom)) || (to is null && !string.IsNullOrWhiteSpace(statement.ValidTo));
        var isBackwards = from?.First > to?.Last;
        if (isUnreadable || isBackwards)
        {
            Count(Doubtful, "date");
        }

        if (isBackwards || (from is null && to is null))
        {
            return default;
        }

        // The last day of the calendar has no day after it: the end stays open.
        var end = to is null || to.Value.Last == DateOnly.MaxValue ? (DateOnly?)null : to.Value.Last.AddDays(1);
        var granularity = (TimeGranularity)Math.Max((int)(from?.Granularity ?? default), (int)(to?.Granularity ?? default));
        return (new(from?.First, end), granularity);
    }

    static (DateOnly First, DateOnly Last, TimeGranularity Granularity)? Parse(string? text)
    {
        var trimmed = text?.Trim();
        if (DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (day, day, TimeGranularity.Day);
        }

        if (DateOnly.TryParseExact(trimmed, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return (day, new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)), TimeGranularity.Month);
        }

        return DateOnly.TryParseExact(trimmed, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            ? (day, new(day.Year, 12, 31), TimeGranularity.Year)
            : null;
    }

    /// <summary>The model's words, with one space between them and none around.</summary>
    static string Clean(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string Pad(string key) => $" {key} ";

    static void Count(SortedDictionary<string, int> counts, string reason) => counts[reason] = counts.GetValueOrDefault(reason) + 1;
}
