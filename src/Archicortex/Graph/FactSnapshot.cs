using System.Globalization;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>Texts behind the numbers of the graph of facts. They only grow, so readers share them with the writer.</summary>
sealed record FactTexts(StringTable Entities, StringTable Relations, StringTable Texts, StringTable Extractors);

/// <summary>The facts at one moment: frozen rows, read by many at once without locks.</summary>
sealed class FactSnapshot(
    FactTexts texts,
    PagedTable<EntityRecord>.Frozen entities,
    PagedTable<FactRecord>.Frozen facts,
    PagedTable<AssertionRecord>.Frozen assertions,
    PagedTable<PassageFactsRecord>.Frozen passages,
    int liveFacts,
    int liveAssertions,
    int givenAssertions)
{
    readonly PagedTable<EntityRecord>.Frozen _entities = entities;
    readonly PagedTable<FactRecord>.Frozen _facts = facts;
    readonly PagedTable<AssertionRecord>.Frozen _assertions = assertions;
    readonly PagedTable<PassageFactsRecord>.Frozen _passages = passages;

    /// <summary>Rows of entities, those without a fact included.</summary>
    public int EntityCount => _entities.Count;

    /// <summary>Rows of facts, those nobody states any more included.</summary>
    public int FactCount => _facts.Count;

    /// <summary>Facts that some passage states.</summary>
    public int LiveFacts { get; } = liveFacts;

    /// <summary>Statings of them.</summary>
    public int LiveAssertions { get; } = liveAssertions;

    /// <summary>Those that came with their documents.</summary>
    public int GivenAssertions { get; } = givenAssertions;

    public ref readonly EntityRecord Entity(int entity) => ref _entities[entity];

    public ref readonly FactRecord Fact(int fact) => ref _facts[fact];

    public ref readonly AssertionRecord Assertion(int assertion) => ref _assertions[assertion];

    /// <summary>What a passage states, as rows of assertions.</summary>
    public ReadOnlySpan<int> Of(int passage) => passage < _passages.Count ? _passages[passage].Assertions.Items : default;

    /// <summary>The entity of a normalised name, or −1 if no fact has it for an end.</summary>
    public int FindEntity(ReadOnlySpan<char> key)
    {
        var row = texts.Entities.Find(key);
        return row >= 0 && row < _entities.Count && _entities[row].Facts.Count > 0 ? row : -1;
    }

    /// <summary>The normal form of an entity's name.</summary>
    public string EntityKey(int entity) => texts.Entities[entity];

    /// <summary>The normal form of a relation's name.</summary>
    public string RelationKey(int relation) => texts.Relations[relation];

    public string Extractor(int number) => texts.Extractors[number];

    /// <summary>
    /// True unless the rules read it in a passage for which something better is recorded: graphs of facts are made of
    /// the best reading of each passage, not of two readings of it.
    /// </summary>
    public bool IsEffective(in AssertionRecord assertion) =>
        assertion.Extractor != FactExtractors.RulesNumber || !_passages[assertion.Passage].HasRecorded;

    /// <summary>True if some passage states a fact by its best reading.</summary>
    public bool IsStated(int fact)
    {
        foreach (var assertion in _facts[fact].Assertions.Items)
        {
            if (IsEffective(_assertions[assertion]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if at least half of what is stated about an entity came with the documents.</summary>
    public bool IsMostlyGiven(int entity)
    {
        int given = 0, all = 0;
        foreach (var fact in _entities[entity].Facts.Items)
        {
            foreach (var assertion in _facts[fact].Assertions.Items)
            {
                all++;
                given += _assertions[assertion].Extractor == FactExtractors.GivenNumber ? 1 : 0;
            }
        }

        return all > 0 && 2 * given >= all;
    }

    /// <summary>Distinct facts by who read them; what two read counts for both.</summary>
    public SortedDictionary<string, int> CountByExtractor()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var readers = new HashSet<int>();
        for (var fact = 0; fact < _facts.Count; fact++)
        {
            readers.Clear();
            foreach (var assertion in _facts[fact].Assertions.Items)
            {
                if (readers.Add(_assertions[assertion].Extractor))
                {
                    var name = Extractor(_assertions[assertion].Extractor);
                    counts[name] = counts.GetValueOrDefault(name) + 1;
                }
            }
        }

        return counts;
    }

    /// <summary>A stating as the extractor returned it.</summary>
    public Fact Read(int assertion)
    {
        ref readonly var record = ref _assertions[assertion];
        return new Fact(texts.Texts[record.SubjectText], texts.Texts[record.RelationText], texts.Texts[record.ObjectText])
        {
            IsNegated = _facts[record.Fact].IsNegated,
            Modality = (FactModality)record.Modality,
            AttributedTo = record.AttributedTo == AssertionRecord.None ? null : texts.Texts[record.AttributedTo],
            Kind = (FactKind)record.Kind,
            Confidence = Math.Round((double)record.Confidence, 6),
            Evidence = new TextSpan(record.EvidenceStart, record.EvidenceLength),
            Valid = new DayRange(Day(record.From), Day(record.To)),
            Granularity = record.Granularity == 0 ? null : (TimeGranularity)(record.Granularity - 1),
            IsClosing = record.IsClosing,
        };
    }

    /// <summary>Hashes the facts of a passage, in an order that does not depend on how they came.</summary>
    public void AddState(ContentHash hash, int passage)
    {
        var lines = new List<string>();
        foreach (var assertion in Of(passage))
        {
            lines.Add(Line(assertion));
        }

        lines.Sort(StringComparer.Ordinal);
        hash.Add(lines.Count);
        foreach (var line in lines)
        {
            hash.Add(line);
        }
    }

    /// <summary>All of a stating in one line that is the same on every machine.</summary>
    public string Line(int assertion)
    {
        var record = _assertions[assertion];
        return string.Join('\t', Extractor(record.Extractor), texts.Texts[record.SubjectText], texts.Texts[record.RelationText],
            texts.Texts[record.ObjectText], record.AttributedTo == AssertionRecord.None ? "" : texts.Texts[record.AttributedTo],
            string.Create(CultureInfo.InvariantCulture,
                $"{_facts[record.Fact].IsNegated} {record.Modality} {record.Kind} {record.Confidence:R} {record.EvidenceStart} {record.EvidenceLength} "
                + $"{record.From} {record.To} {record.Granularity} {record.IsClosing}"));
    }

    static DateOnly? Day(int number) => number == AssertionRecord.None ? null : DateOnly.FromDayNumber(number);
}
