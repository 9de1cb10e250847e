using System.Text;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The facts of all passages: entities, what joins them, and which passage says so.</summary>
/// <remarks>
/// A fact is there while some passage states it, and an edge between two entities while some fact joins them: so
/// forgetting the last passage that says something leaves nothing of it behind. Facts of several extractors stand side by
/// side. Entities and relations are compared by their normal form. One writer; readers hold a snapshot.
/// </remarks>
sealed partial class FactGraph
{
    readonly StringTable _entityKeys = new();
    readonly StringTable _relationKeys = new();
    readonly StringTable _texts = new();
    readonly StringTable _extractors = new();
    readonly PagedTable<EntityRecord> _entities = new();
    readonly PagedTable<FactRecord> _facts = new();
    readonly PagedTable<AssertionRecord> _assertions = new();
    readonly PagedTable<PassageFactsRecord> _passages = new();
    readonly TokenBuffer _buffer = new();
    readonly Dictionary<(int Subject, int Relation, int Object, bool IsNegated), int> _factRows = [];
    int _liveFacts;
    int _liveAssertions;
    int _givenAssertions;

    public FactGraph()
    {
        _extractors.FindOrAdd(FactExtractors.Rules);
        _extractors.FindOrAdd(FactExtractors.Given);
    }

    /// <summary>The facts as they are now, for any number of readers.</summary>
    public FactSnapshot Freeze() => new(
        new FactTexts(_entityKeys, _relationKeys, _texts, _extractors),
        _entities.Freeze(), _facts.Freeze(), _assertions.Freeze(), _passages.Freeze(), _liveFacts, _liveAssertions, _givenAssertions);

    /// <summary>Sets what a passage states according to an extractor, in place of what that extractor found before.</summary>
    /// <param name="passage">The passage's row.</param>
    /// <param name="extractor">Identity of the extractor.</param>
    /// <param name="facts">Its facts; those that say nothing after normalising are left out.</param>
    public void Set(int passage, string extractor, IReadOnlyList<Fact> facts)
    {
        while (_passages.Count <= passage)
        {
            _passages.Add(default);
        }

        var number = _extractors.FindOrAdd(extractor);
        Drop(passage, assertion => assertion.Extractor == number);
        foreach (var fact in facts)
        {
            Add(passage, number, fact);
        }

        // An extractor that was asked and found nothing has spoken all the same.
        _passages.Edit(passage).HasRecorded |= number != FactExtractors.RulesNumber;
    }

    /// <summary>A passage is forgotten, and with it all it states.</summary>
    public void Remove(int passage)
    {
        if (passage < _passages.Count)
        {
            Drop(passage, _ => true);
            _passages.Edit(passage) = default;
        }
    }

    void Add(int passage, int extractor, Fact fact)
    {
        var subject = EntityName.Of(fact.Subject, _buffer).Key;
        var relation = FactKeys.Relation(fact.Relation, _buffer);
        var @object = EntityName.Of(fact.Object, _buffer).Key;
        if (subject.Length == 0 || relation.Length == 0 || @object.Length == 0)
        {
            return;
        }

        var row = FindOrAdd((Entity(subject), _relationKeys.FindOrAdd(relation), Entity(@object), fact.IsNegated));
        var assertion = _assertions.Add(Record(passage, extractor, row, fact));
        ref var stated = ref _facts.Edit(row);
        stated.Assertions = stated.Assertions.Append(assertion);
        ref var holder = ref _passages.Edit(passage);
        holder.Assertions = holder.Assertions.Append(assertion);
        _liveAssertions++;
        _givenAssertions += extractor == FactExtractors.GivenNumber ? 1 : 0;
    }

    AssertionRecord Record(int passage, int extractor, int row, Fact fact) => new()
    {
        Fact = row,
        Passage = passage,
        Extractor = extractor,
        SubjectText = _texts.FindOrAdd(fact.Subject),
        RelationText = _texts.FindOrAdd(fact.Relation),
        ObjectText = _texts.FindOrAdd(fact.Object),
        AttributedTo = fact.AttributedTo is { } by ? _texts.FindOrAdd(by) : AssertionRecord.None,
        EvidenceStart = fact.Evidence.Start,
        EvidenceLength = fact.Evidence.Length,
        From = fact.Valid.From?.DayNumber ?? AssertionRecord.None,
        To = fact.Valid.To?.DayNumber ?? AssertionRecord.None,
        Confidence = (float)fact.Confidence,
        Modality = (byte)fact.Modality,
        Kind = (byte)fact.Kind,
        Granularity = (byte)(fact.Granularity is { } exactness ? 1 + (int)exactness : 0),
        IsClosing = fact.IsClosing,
    };

    int Entity(string key)
    {
        var row = _entityKeys.FindOrAdd(key);
        if (row == _entities.Count)
        {
            _entities.Add(default);
        }

        return row;
    }

    int FindOrAdd((int Subject, int Relation, int Object, bool IsNegated) key)
    {
        if (!_factRows.TryGetValue(key, out var row))
        {
            row = _facts.Add(new() { Subject = key.Subject, Relation = key.Relation, Object = key.Object, IsNegated = key.IsNegated });
            _factRows.Add(key, row);
        }

        if (_facts[row].Assertions.Count == 0)
        {
            _liveFacts++;
            ref var subject = ref _entities.Edit(key.Subject);
            subject.Facts = subject.Facts.Insert(row);
            ref var other = ref _entities.Edit(key.Object);
            other.Facts = other.Facts.Insert(row);
        }

        return row;
    }

    void Drop(int passage, Func<AssertionRecord, bool> isDropped)
    {
        var kept = default(IntRow);
        foreach (var assertion in _passages[passage].Assertions.Items)
        {
            if (isDropped(_assertions[assertion]))
            {
                Leave(assertion);
            }
            else
            {
                kept = kept.Append(assertion);
            }
        }

        _passages.Edit(passage).Assertions = kept;
    }

    void Leave(int assertion)
    {
        var row = _assertions[assertion].Fact;
        ref var fact = ref _facts.Edit(row);
        fact.Assertions = fact.Assertions.Remove(assertion);
        _liveAssertions--;
        _givenAssertions -= _assertions[assertion].Extractor == FactExtractors.GivenNumber ? 1 : 0;
        if (fact.Assertions.Count > 0)
        {
            return;
        }

        _liveFacts--;
        foreach (var end in (ReadOnlySpan<int>)[fact.Subject, fact.Object])
        {
            ref var entity = ref _entities.Edit(end);
            entity.Facts = entity.Facts.Remove(row);
        }
    }
}

/// <summary>Numbers and names of extractors that the engine itself knows.</summary>
static class FactExtractors
{
    /// <summary>The rules: never recorded, always read out of the text again.</summary>
    public const string Rules = "rules";

    /// <summary>Triples that came with the document.</summary>
    public const string Given = "given";

    public const int RulesNumber = 0;

    public const int GivenNumber = 1;
}

/// <summary>The forms in which the parts of facts are compared.</summary>
static class FactKeys
{
    public static string Entity(string text) => EntityName.Of(text).Key;

    /// <summary>Folded words joined by one space: "works_at", "Works at" and "works at" are one relation.</summary>
    public static string Relation(string text) => Relation(text, new TokenBuffer());

    /// <summary>The same, with a buffer to work in.</summary>
    public static string Relation(string text, TokenBuffer buffer)
    {
        buffer.Clear();
        buffer.Read(text);
        var key = new StringBuilder();
        for (var i = 0; i < buffer.Count; i++)
        {
            key.Append(i > 0 ? " " : "").Append(buffer.Folded(buffer[i]));
        }

        return key.ToString();
    }
}
