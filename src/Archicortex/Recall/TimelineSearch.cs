using System.Collections.Frozen;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Hierarchy;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>Finds all that a memory tells of a name, as items of a timeline: its facts, and the sentences that tell of it and name a time.</summary>
/// <remarks>
/// A fact stated by several passages for the same days is one item. A sentence of which a fact is known is no mention beside
/// it. What somebody says tells of them where it names a time; what others say of them does so also without one, if it says
/// enough. A pure function of the view.
/// </remarks>
sealed class TimelineSearch
{
    /// <summary>Sentences looked at for one name; more are passed over, and the result says so.</summary>
    public const int SentencesMax = 20_000;

    // "Hi Ada, how are you?" names Ada and tells nothing of her.
    const int TellingWordsMin = 4;

    // Below this a word only happens to be written as a name: at the start of a sentence, in a heading.
    const double NameRatioMin = 0.5;

    // What somebody is greeted with; after anything else a name without a comma is part of the sentence.
    static readonly FrozenSet<string> Greetings = FrozenSet.ToFrozenSet(
        ("hey hi hello yo thanks thank you thx dear oh ok okay well wow woohoo yay congrats congratulations morning evening night bye goodbye welcome "
        + "sorry yes yeah yep yup no nope sure cool great nice true right agreed absolutely totally same happy birthday").Split(' '),
        StringComparer.Ordinal);

    readonly RecallView _view;
    readonly string _key;
    readonly DateOnly? _asOf;
    readonly List<TimelineItem> _items = [];
    readonly Dictionary<int, List<TextSpan>> _told = [];
    readonly TokenBuffer _buffer = new();
    int _sentences;
    bool _speaks;

    TimelineSearch(RecallView view, string key, DateOnly? asOf) => (_view, _key, _asOf) = (view, key, asOf);

    /// <summary>The items, in no order.</summary>
    /// <param name="view">The memory.</param>
    /// <param name="key">Normal form of the name.</param>
    /// <param name="asOf">Leave out what was said after that day; null: nothing.</param>
    /// <returns>The items; and false if there were more sentences than <see cref="SentencesMax"/>.</returns>
    public static (List<TimelineItem> Items, bool IsWhole) Of(RecallView view, string key, DateOnly? asOf)
    {
        var search = new TimelineSearch(view, key, asOf);
        search.AddFacts();
        search.AddMentions();
        return (search._items, search._sentences <= SentencesMax);
    }

    /// <summary>True if the memory has the name: a fact about it, or a passage that names it.</summary>
    public static bool IsName(RecallView view, string key) => view.Facts.FindEntity(key) >= 0 || IsWrittenAsName(view, key);

    /// <summary>True if passages write it as names are written, more often than not.</summary>
    public static bool IsWrittenAsName(RecallView view, string key) =>
        PhraseOf(view, key) is >= 0 and var phrase && view.Graph.IsPhrase(phrase) && view.Graph.Ratio(phrase) >= NameRatioMin;

    /// <summary>An item for the sentence of a passage that says most of some words, at the day that this sentence names.</summary>
    public static TimelineItem OfPassage(RecallView view, int row, HashSet<int> stems, string subject)
    {
        var passage = view.Passage(row);
        var text = passage.Text;
        var spans = SentenceSplitter.Split(text);
        var best = spans.Count == 0
            ? new TextSpan(0, text.Length)
            : spans.MaxBy(span => view.Vocabulary.StemsIn(text.Substring(span.Start, span.Length)).Count(stems.Contains));
        var said = FactSlots.SaidOn(passage.Document);
        var time = TimeOf(text.AsSpan(best.Start, best.Length), said);
        return Mention(passage, row, best, text, time, subject);
    }

    /// <summary>The sentence said before an item's, in its passage or at the end of the turn before; null if there is none.</summary>
    public static SaidBefore? Before(RecallView view, TimelineItem item)
    {
        SaidBefore? before = null;
        foreach (var span in SentenceSplitter.Split(view.Passage(item.Passage).Text))
        {
            if (span.Start >= item.Span.Start)
            {
                break;
            }

            before = At(view, item.Passage, span);
        }

        if (before is null && view.Time.SessionOf(item.Passage) >= 0 && view.Time.Neighbour(item.Passage, -1) is >= 0 and var turn
            && SentenceSplitter.Split(view.Passage(turn).Text) is { Count: > 0 } spans)
        {
            before = At(view, turn, spans[^1]);
        }

        return before;
    }

    static SaidBefore At(RecallView view, int row, TextSpan span) => new(row, span.Start, view.Passage(row).Text.Substring(span.Start, span.Length));

    void AddFacts()
    {
        var entity = _view.Facts.FindEntity(_key);
        if (entity < 0)
        {
            return;
        }

        var histories = new Dictionary<(int, int, int?), IReadOnlyList<SlotValue>>();
        var found = new List<(TimelineItem Item, double Confidence)>();
        foreach (var row in _view.Facts.Entity(entity).Facts.Items)
        {
            var fact = _view.Facts.Fact(row);
            var slot = (fact.Subject, fact.Relation, FactSlots.IsFunctional(_view.Facts, fact.Relation) ? (int?)null : fact.Object);
            if (!histories.TryGetValue(slot, out var history))
            {
                histories.Add(slot, history = FactSlots.History(_view, slot.Subject, slot.Relation, slot.Item3, _asOf));
            }

            foreach (var assertion in fact.Assertions.Items)
            {
                if (!IsTooLate(_view.Passage(_view.Facts.Assertion(assertion).Passage).Document))
                {
                    found.Add((OfFact(assertion, history, slot.Item3 is null), _view.Facts.Assertion(assertion).Confidence));
                }
            }
        }

        // The surest stating speaks for all that say the same for the same days; of equals the one said first.
        _items.AddRange(found.GroupBy(one => (_view.Facts.Assertion(one.Item.Assertion).Fact, one.Item.Days))
            .Select(group => group.OrderByDescending(one => one.Confidence).ThenBy(one => one.Item.SaidAt).ThenBy(one => one.Item.Id).First().Item with
            {
                Statings = group.Count(),
            }));
    }

    TimelineItem OfFact(int assertion, IReadOnlyList<SlotValue> history, bool isFunctional)
    {
        var record = _view.Facts.Assertion(assertion);
        var row = _view.Facts.Fact(record.Fact);
        var fact = _view.Facts.Read(assertion);
        var passage = _view.Passage(record.Passage);
        var id = FactSlots.IdOf(_view, assertion);
        var isState = isFunctional || fact.Kind == FactKind.State;
        var place = isState ? history.Index().Where(one => one.Item.Statements.Contains(id)).Select(one => one.Index).DefaultIfEmpty(-1).First() : -1;
        var days = place >= 0 ? history[place].Days : fact.Valid;
        var exactness = fact.Granularity ?? TimeGranularity.Day;
        var sentence = passage.Text.Substring(fact.Evidence.Start, fact.Evidence.Length);
        if (days.IsOpen && TimeOf(sentence, FactSlots.SaidOn(passage.Document)) is { } time)
        {
            (days, exactness) = (time.Days, time.Granularity);
        }

        // "sold it yesterday": the day is the one on which it ended, the first on which it held no longer.
        if (FactSlots.IsEnding(fact) && exactness == TimeGranularity.Day && fact.Valid is { From: null, To: { } ended } && ended < DateOnly.MaxValue)
        {
            days = new(ended, ended.AddDays(1));
        }

        if (fact.Evidence.Length > 0)
        {
            Told(record.Passage).Add(fact.Evidence);
        }

        return new TimelineItem(id, days, passage.Document.Time, _view.Facts.EntityKey(row.Subject))
        {
            Exactness = exactness,
            Passage = record.Passage,
            Assertion = assertion,
            Relation = _view.Facts.RelationKey(row.Relation),
            Object = _view.Facts.EntityKey(row.Object),
            IsEnding = FactSlots.IsEnding(fact),
            SlotPlace = isFunctional ? place : -1,
            IsCurrent = place >= 0 && place == history.Count - 1,
            Span = fact.Evidence,
            Sentence = sentence,
        };
    }

    void AddMentions()
    {
        var phrase = PhraseOf(_view, _key);
        if (phrase < 0)
        {
            return;
        }

        var whole = new HashSet<int>();
        var named = new List<SentenceRecord>();
        foreach (var row in _view.Graph.Phrase(phrase).Sentences.Items)
        {
            var sentence = _view.Graph.Sentence(row);
            if (sentence.TextLength > 0)
            {
                named.Add(sentence);
                continue;
            }

            // The heading calls the passage so, or the speaker is called so: all of it tells of the name.
            whole.Add(sentence.Passage);
            _speaks |= !sentence.IsHeading;
        }

        foreach (var sentence in named)
        {
            AddMention(sentence, isNamed: true);
        }

        foreach (var row in whole.Order())
        {
            ref readonly var passage = ref _view.Graph.Passage(row);
            for (var i = 0; i < passage.SentenceCount && _sentences <= SentencesMax; i++)
            {
                AddMention(_view.Graph.Sentence(passage.FirstSentence + i), isNamed: false);
            }
        }
    }

    void AddMention(in SentenceRecord sentence, bool isNamed)
    {
        if (sentence.TextLength == 0 || ++_sentences > SentencesMax)
        {
            return;
        }

        var span = new TextSpan(sentence.TextStart, sentence.TextLength);
        var passage = _view.Passage(sentence.Passage);
        var told = Told(sentence.Passage);
        if (IsTooLate(passage.Document) || told.Exists(one => one.Start < span.End && span.Start < one.End))
        {
            return;
        }

        var text = passage.Text;
        var said = text.AsSpan(span.Start, span.Length);
        var isQuestion = said[^1] == '?';
        var time = TimeOf(said, FactSlots.SaidOn(passage.Document));
        if (isQuestion || (isNamed && _speaks && IsAddress(said)) || (time is null && !(isNamed && passage.Document.Time is not null && SaysEnough(said))))
        {
            return;
        }

        told.Add(span);
        _items.Add(Mention(passage, sentence.Passage, span, text, time, _key));
    }

    static TimelineItem Mention(Passage passage, int row, TextSpan span, string text, TimeExpression? time, string subject)
    {
        using var id = new ContentHash("mention").Add(passage.Id.Value).Add(span.Start);
        return new TimelineItem(id.Id(), time?.Days ?? default, passage.Document.Time, subject)
        {
            Exactness = time?.Granularity ?? TimeGranularity.Day,
            Passage = row,
            Span = span,
            Sentence = text.Substring(span.Start, span.Length),
        };
    }

    /// <summary>"Thanks, Ada!" speaks to Ada and not of her: the name stands by itself, and nowhere else in the sentence.</summary>
    bool IsAddress(ReadOnlySpan<char> sentence)
    {
        _buffer.Clear();
        _buffer.Read(sentence);
        var count = _key.AsSpan().Count(' ') + 1;
        var isAddress = false;
        for (var at = 0; at + count <= _buffer.Count; at++)
        {
            if (!IsKeyAt(at))
            {
                continue;
            }

            var opens = at == 0 || _buffer[at].Is(TokenMarks.Break) || Greetings.Contains(_buffer.Folded(_buffer[at - 1]).ToString());
            var closes = at + count == _buffer.Count || _buffer[at + count].Is(TokenMarks.Break);
            if (!opens || !closes)
            {
                return false;
            }

            isAddress = true;
        }

        return isAddress;
    }

    bool IsKeyAt(int at)
    {
        foreach (var range in _key.AsSpan().Split(' '))
        {
            if (!_buffer.Folded(_buffer[at++]).SequenceEqual(_key.AsSpan(range)))
            {
                return false;
            }
        }

        return true;
    }

    bool SaysEnough(ReadOnlySpan<char> sentence)
    {
        _buffer.Clear();
        _buffer.Read(sentence);
        var words = 0;
        foreach (var token in _buffer.Tokens)
        {
            words += StopWords.Contains(_buffer.Folded(token)) ? 0 : 1;
        }

        return words > TellingWordsMin;
    }

    List<TextSpan> Told(int passage)
    {
        if (!_told.TryGetValue(passage, out var told))
        {
            _told.Add(passage, told = []);
        }

        return told;
    }

    bool IsTooLate(Document document) => FactSlots.SaidOn(document) > _asOf;

    /// <summary>The time a text names: the first exact one; a vague one if there is no other.</summary>
    static TimeExpression? TimeOf(ReadOnlySpan<char> text, DateOnly? saidOn)
    {
        var found = new List<TimeExpression>();
        TimeExpressions.Find(text, saidOn, found);
        return found.Find(one => !one.IsFuzzy && !one.Days.IsOpen) ?? found.Find(one => !one.Days.IsOpen);
    }

    static int PhraseOf(RecallView view, string key)
    {
        var node = GraphSnapshot.TrieRoot;
        foreach (var range in key.AsSpan().Split(' '))
        {
            var word = view.Vocabulary.FindWord(key.AsSpan(range));
            node = word < 0 || node < 0 ? -1 : view.Graph.Child(node, word);
        }

        return node == GraphSnapshot.TrieRoot ? -1 : node;
    }
}
