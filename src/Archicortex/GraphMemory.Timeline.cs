using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Hierarchy;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int SuggestionsMax = 5;

    /// <summary>Tells of somebody or something in order of time: facts, and sentences that name a day, with what replaced what and why.</summary>
    /// <remarks>
    /// A name gives its facts, whoever read them, and the sentences that mention it; what held once and no longer does is there
    /// too, with the days it held. A fact says when it began and ended as <see cref="FindFactsAsync"/> cannot: by all that is said
    /// of its slot. Words that are no name give what is recalled with them. Writes nothing; the same memory gives the same bytes.
    /// </remarks>
    /// <param name="about">A name ("Ada Brown") or a few words ("the kettle").</param>
    /// <param name="options">Which part.</param>
    /// <param name="cancellationToken">Stops before the search starts.</param>
    /// <returns>The timeline; of <see cref="TimelineKind.Unknown"/>, with names that may be meant, if the memory knows no such thing.</returns>
    /// <exception cref="ArgumentException">Nothing was named, or the options contradict each other.</exception>
    public async Task<Timeline> GetTimelineAsync(string about, TimelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckQuestion(about, nameof(about));
        options ??= new();
        options.Check();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        var key = EntityName.Of(about).Key;
        var longer = NearNames.Longer(view, key, SuggestionsMax);
        if (TimelineSearch.IsName(view, key))
        {
            return OfName(view, about, key, options, $"'{about}' is a name that the memory knows.") with { Suggestions = longer };
        }

        // "adoption" is a plain word though facts speak of "adoption agencies": only where names are longer is one of them meant.
        var names = longer.FindAll(name => TimelineSearch.IsWrittenAsName(view, name));
        return names.Count switch
        {
            0 => OfTopic(view, about, options),
            1 => OfName(view, about, names[0], options, $"'{about}' is read as '{names[0]}', the only name it is part of."),
            _ => new(about, TimelineKind.Unknown, null, [], $"'{about}' is part of several names; ask for one of them.") { Suggestions = names },
        };
    }

    Timeline OfName(RecallView view, string about, string key, TimelineOptions options, string reason)
    {
        var (items, isWhole) = TimelineSearch.Of(view, key, options.AsOf);
        reason += isWhole ? "" : $" It has more than {TimelineSearch.SentencesMax:N0} sentences; the others were passed over.";
        if (!TimelineSearch.IsWrittenAsName(view, key))
        {
            // "kettle" is an end of facts and a plain word beside: what has the word tells of it, too.
            var known = items.Select(item => item.Passage).ToHashSet();
            var question = Question.Read(key, view.Vocabulary, view.Lexical, view.Graph);
            items.AddRange(ItemsWithWords(view, question, key, options).Where(item => !known.Contains(item.Passage)));
        }

        return Told(view, new(about, TimelineKind.Name, key, [], reason), items, options);
    }

    /// <summary>Words that are no name: what says most of them.</summary>
    Timeline OfTopic(RecallView view, string about, TimelineOptions options)
    {
        var question = Question.Read(about, view.Vocabulary, view.Lexical, view.Graph);
        var near = NearNames.Of(view, EntityName.Of(about).Key, SuggestionsMax);
        var unknown = new Timeline(about, TimelineKind.Unknown, null, [], $"The memory knows no '{about}', and no passage has its words.")
        {
            Suggestions = near,
        };

        // A name written wrong is asked back; what the rest of its words stand in is about somebody else.
        if (near.Count > 0 && question.UnknownWords + question.Corrections.Count > 0)
        {
            return unknown;
        }

        var items = ItemsWithWords(view, question, about, options);
        return items.Count == 0
            ? unknown
            : Told(view, new(about, TimelineKind.Topic, null, [], $"The memory knows no name '{about}'; these passages have its words."), items, options);
    }

    /// <summary>Passages with at least half of some words, by their rarity: the sentence of each that has most of them.</summary>
    List<TimelineItem> ItemsWithWords(RecallView view, Question question, string subject, TimelineOptions options)
    {
        TakeScratch(out var scratch);
        var ranked = FlatRecall.Rank(view, question, options.Max, scratch);
        _scratches.Add(scratch);
        var all = question.Terms.Sum(term => term.Idf) + (question.UnknownWords * view.Lexical.Idf(-1));
        var stems = question.Terms.Select(term => term.Stem).ToHashSet();
        return [.. ranked.Where(flat => Covered(question, flat) is > 0 and var cover && cover >= WordsCoverMin * all)
            .Where(flat => !(FactSlots.SaidOn(view.Passage(flat.Passage).Document) > options.AsOf))
            .Select(flat => TimelineSearch.OfPassage(view, flat.Passage, stems, subject))];
    }

    static double Covered(Question question, FlatPassage flat) =>
        question.Terms.Zip(flat.Terms).Sum(pair => pair.Second > 0 ? pair.First.Idf : 0);

    Timeline Told(RecallView view, Timeline timeline, List<TimelineItem> items, TimelineOptions options)
    {
        var window = new DayRange(options.From, options.To is { } to && to < DateOnly.MaxValue ? to.AddDays(1) : null);
        var inside = items.Where(item => window.IsOpen || DayRanges.Meet(DaysOf(item), window)).ToList();
        inside.Sort(TimelineItem.Compare);
        var most = Math.Min(options.Max, options.Last ?? options.Max);
        var kept = options.Last is not null ? inside.TakeLast(most).ToList() : Bounded(inside, most);
        for (var i = 0; i < kept.Count; i++)
        {
            kept[i] = kept[i].Sentence.Length > 0 ? kept[i] with { Before = TimelineSearch.Before(view, kept[i]) } : kept[i];
        }

        var links = TimelineLinks.Of(kept);
        var until = options.AsOf ?? items.Select(item => item.SaidAt).Max() switch
        {
            { } said when DateOnly.FromDateTime(said.DateTime) is var last && last > Today => last,
            _ => Today,
        };
        return timeline with { Entries = [.. kept.Select((item, i) => Entry(view, item, i, links[i], until))], Omitted = inside.Count - kept.Count };
    }

    /// <summary>What only mentions the name without a time of its own goes first, then the oldest.</summary>
    static List<TimelineItem> Bounded(List<TimelineItem> items, int most) => items.Count <= most ? items :
    [
        .. items.Index().OrderByDescending(one => one.Item.Assertion >= 0 || !one.Item.Days.IsOpen).ThenByDescending(one => one.Index)
            .Take(most).OrderBy(one => one.Index).Select(one => one.Item),
    ];

    /// <summary>An item without days stands for the day it was said.</summary>
    static DayRange DaysOf(TimelineItem item) => !item.Days.IsOpen || item.Day == DateOnly.MinValue ? item.Days : new(item.Day, item.Day.AddDays(1));

    static TimelineEntry Entry(RecallView view, TimelineItem item, int place, IReadOnlyList<ItemLink> links, DateOnly until)
    {
        var passage = view.Passage(item.Passage);
        return new TimelineEntry(
            place + 1, item.Days, item.Exactness, item.SaidAt, item.Sentence.Length > 0 ? item.Sentence : null,
            [.. links.Select(link => new TimelineLink(link.Kind, link.To < 0 ? null : link.To + 1, link.Cue, link.Cause))])
        {
            Day = item.Day > DateOnly.MinValue ? item.Day : null,
            Fact = item.Assertion >= 0 ? view.Facts.Read(item.Assertion) : null,
            Extractor = item.Assertion >= 0 ? view.Facts.Extractor(view.Facts.Assertion(item.Assertion).Extractor) : null,
            IsCurrent = item.IsCurrent && !(item.Days.From > until) && !(item.Days.To <= until),
            IsEnding = item.IsEnding,
            Statings = item.Statings,
            PassageId = passage.Id,
            DocumentId = passage.DocumentId,
            Document = passage.Document,
            Span = item.Span.Length > 0 ? item.Span with { Start = passage.Span.Start + item.Span.Start } : default,
        };
    }
}
