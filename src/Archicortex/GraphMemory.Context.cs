using System.Globalization;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Facts.Time;
using Archicortex.Graph;
using Archicortex.Models;
using Archicortex.Numerics;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>From a ranking to the block of text that fits a prompt.</summary>
public sealed partial class GraphMemory
{
    // Of names with more facts than this, those that came first are looked at.
    const int FactsPerNameMax = 512;
    const int ContextFactsMax = 32;
    const int HeldFactsMax = 64;
    const double EndedShare = 0.7;
    const double OtherNameFit = 0.8;

    PackedContext Pack(Asked asked, Ranking ranking, Confidence confidence, int budget)
    {
        var (view, options) = (asked.View, asked.Options);
        var today = asked.Options.AskedOn ?? Today;
        var day = QuestionTime.Of(asked.Question.Text, today);
        var request = new ContextRequest(
            view, asked.Question,
            [.. ranking.Passages.Select(one => new PassageUnit(one.Row, view.Passage(one.Row), Math.Max(0, one.Recalled.Score), one.Before))],
            [
                .. ContextFacts(view, asked.Question, day.Range?.From ?? today, ranking.Answer),
                .. ranking.Summaries.Where(topic => topic.Summary.Sources.Count > 0).Select(LineOf),
            ],
            options.Pinned, PinnedPassages(view, options.PinnedPassages),
            new TokenBudget(budget, _options.TokenCounter ?? (text => TokenEstimate.Count(text))), options.Order)
        {
            IsBroad = ranking.Strategy == RecallStrategy.Tree && ranking.Summaries.Length > 0,
        };
        var block = ContextPacker.Pack(request);
        return new(
            block.Print.Text, block.Tokens, budget, block.Print.Citations, block.LeftOut, block.Weights, block.Order, confidence.IsAnswerable,
            confidence.Reason)
        {
            Parts = block.Print.Parts,
        };
    }

    /// <summary>Rows of passages by their ids, in the order given.</summary>
    static PassageUnit[] PinnedPassages(RecallView view, IReadOnlyList<PassageId> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = new Dictionary<UInt128, int>();
        var wanted = ids.Select(id => id.Value).ToHashSet();
        for (var row = 0; row < view.Graph.PassageCount; row++)
        {
            ref readonly var passage = ref view.Graph.Passage(row);
            if (passage.IsLive && wanted.Contains(passage.Id))
            {
                rows.Add(passage.Id, row);
            }
        }

        return [.. ids.Distinct().Select(id => rows.TryGetValue(id.Value, out var row)
            ? new PassageUnit(row, view.Passage(row), 0, [])
            : throw new ArgumentException($"PinnedPassages names passage {id}, which is not remembered in scope. Pin passages that a recall returned."))];
    }

    /// <summary>Facts about the names of a question that bear on what it asks, and when they held.</summary>
    /// <param name="view">The memory.</param>
    /// <param name="question">The question.</param>
    /// <param name="day">The day on which they are to hold.</param>
    /// <param name="answer">Statings that answer it: theirs are packed before anything else.</param>
    static List<LineUnit> ContextFacts(RecallView view, Question question, DateOnly day, int[] answer)
    {
        var answering = answer.Select(row => view.Facts.Assertion(row).Fact).ToHashSet();
        var slots = new Dictionary<(int, int), IReadOnlyList<SlotValue>>();
        var links = FactQuestion.Link(SpeakerRoles.InThirdPerson(view, question.Text), view.Facts);
        var best = new Dictionary<int, double>();
        foreach (var link in links)
        {
            var match = new RelationMatch(link.Words, view.Facts);
            var facts = view.Facts.Entity(link.Entity).Facts.Items;
            foreach (var fact in facts[..Math.Min(facts.Length, FactsPerNameMax)])
            {
                var fit = Fit(view.Facts.Fact(fact), link, links, match);
                if (fit > 0 && view.Facts.IsStated(fact))
                {
                    best[fact] = Math.Max(fit, best.GetValueOrDefault(fact));
                }
            }
        }

        foreach (var fact in answering)
        {
            best[fact] = 1;
        }

        // When a fact held is dear to find out: only of those that may be taken.
        var lines = best
            .OrderByDescending(pair => answering.Contains(pair.Key)).ThenByDescending(pair => Math.Round(pair.Value, 9))
            .ThenBy(pair => KeyOf(view, pair.Key), StringComparer.Ordinal).Take(HeldFactsMax)
            .Select(pair => (Fact: Held(view, pair.Key, slots), Fit: pair.Value))
            .Select(one => one with { Fit = HasEnded(one.Fact, day) ? one.Fit * EndedShare : one.Fit })
            .OrderByDescending(one => Answers(one.Fact)).ThenByDescending(one => Math.Round(one.Fit, 9))
            .ThenBy(one => FactSlots.IdOf(view, one.Fact.Row)).Take(ContextFactsMax);
        return [.. lines.GroupBy(one => one.Fact.IsConflict ? ConflictOf(view, one.Fact) : $"{one.Fact.Row}")
            .Select(group => LineOf(view, [.. group.Select(one => one.Fact)], group.Max(one => one.Fit), day) with
            {
                IsAnswer = group.Any(one => Answers(one.Fact)),
            })];

        bool Answers(HeldFact held) => answering.Contains(view.Facts.Assertion(held.Row).Fact);
    }

    static string KeyOf(RecallView view, int fact)
    {
        ref readonly var record = ref view.Facts.Fact(fact);
        return $"{view.Facts.EntityKey(record.Subject)}\t{view.Facts.RelationKey(record.Relation)}\t{view.Facts.EntityKey(record.Object)}\t{record.IsNegated}";
    }

    /// <summary>How far a fact answers to the words around the name; all facts of a name of which nothing in particular is asked.</summary>
    static double Fit(in FactRecord fact, LinkedEntity link, LinkedEntity[] links, RelationMatch match)
    {
        var other = fact.Other(link.Entity);
        var meets = Array.Exists(links, one => one.Entity == other && one.Entity != link.Entity) ? OtherNameFit : 0;
        return link.Words.Length == 0 ? 1 : Math.Max(meets, match.Of(fact.Relation).Max());
    }

    /// <summary>The surest stating of a fact; of equals the one whose text sorts first.</summary>
    static HeldFact Held(RecallView view, int fact, Dictionary<(int, int), IReadOnlyList<SlotValue>> slots)
    {
        var row = view.Facts.Fact(fact).Assertions.Items.ToArray().Where(one => view.Facts.IsEffective(view.Facts.Assertion(one)))
            .OrderByDescending(one => view.Facts.Assertion(one).Confidence).ThenBy(view.Facts.Line, StringComparer.Ordinal)
            .ThenBy(one => view.Graph.Passage(view.Facts.Assertion(one).Passage).Id).First();
        return FactHistory.Held(view, row, slots);
    }

    static bool HasEnded(HeldFact fact, DateOnly day) => fact.Held.To <= day;

    static string ConflictOf(RecallView view, HeldFact held)
    {
        ref readonly var fact = ref view.Facts.Fact(view.Facts.Assertion(held.Row).Fact);
        return string.Create(CultureInfo.InvariantCulture, $"{fact.Subject} {fact.Relation} {held.Held.From:yyyy-MM-dd}");
    }

    /// <summary>A topic under its name; of a summary that a model wrote, the first of its sources is cited.</summary>
    static LineUnit LineOf(RecalledSummary topic)
    {
        var summary = topic.Summary;
        var cited = summary.IsInferred ? summary.Sources.Take(1).Select(source => source with { Text = summary.Text }) : summary.Sources;
        ContextPart[] parts =
        [
            .. cited.Select(source => new ContextPart(
                source.Text, new Passage(source.PassageId, source.DocumentId, source.Document, source.Span, null), source.Span)),
        ];
        var title = ContextText.OneLine(topic.Title.Length > 0 ? topic.Title : "Topic");
        var heading = summary.IsInferred ? $"{title} (as a model sums it up)" : title;
        return new(ContextKind.Summary, StableHash.Of(summary.Text), topic.Score, title, heading, parts);
    }

    static LineUnit LineOf(RecallView view, HeldFact[] facts, double fit, DateOnly day)
    {
        var parts = Array.ConvertAll(facts, one => PartOf(view, one, day));
        ref readonly var fact = ref view.Facts.Fact(view.Facts.Assertion(facts[0].Row).Fact);
        var order = string.Join(
            '\u0001', view.Facts.EntityKey(fact.Subject), view.Facts.RelationKey(fact.Relation),
            facts[0].Held.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var heading = facts.Length > 1 ? "Conflict, one of these" : "";
        return new(ContextKind.Fact, FactSlots.IdOf(view, facts[0].Row), fit, order, heading, parts);
    }

    /// <summary>"Ada – lives in – Oslo, 2016-01-01 until 2024-01-01 (said 2024-01-03 by Mira)".</summary>
    static ContextPart PartOf(RecallView view, HeldFact held, DateOnly day)
    {
        var known = Known(view, held.Row);
        var fact = known.Fact;
        var relation = fact.Relation[(fact.Relation.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace('_', ' ');
        var days = DaysOf(held, fact, day);
        string?[] marks =
        [
            fact.IsNegated ? "denied" : null,
            fact.Modality switch { FactModality.Hedged => "in doubt", FactModality.Planned => "planned", _ => null },
            fact.Modality == FactModality.Attributed ? $"as {ContextText.OneLine(fact.AttributedTo ?? "somebody")} says" : null,
            held.SaidOn is { } said ? string.Create(CultureInfo.InvariantCulture, $"said {said:yyyy-MM-dd}") : null,
            known.Document.Speaker is { } speaker ? $"by {ContextText.OneLine(speaker)}" : null,
        ];
        var how = string.Join(", ", marks.Where(mark => mark is not null));
        var text = $"{ContextText.OneLine(fact.Subject)} – {ContextText.OneLine(relation)} – {ContextText.OneLine(fact.Object)}";
        text += (days.Length > 0 ? ", " + days : "") + (how.Length > 0 ? $" ({how})" : "");
        var passage = view.Passage(view.Facts.Assertion(held.Row).Passage);
        return new(text, passage, known.Sentence is null ? passage.Span : known.Evidence);
    }

    /// <summary>The days a fact held; "until" stands only with what has ended by the day asked for.</summary>
    static string DaysOf(HeldFact held, Fact fact, DateOnly day)
    {
        var (from, to) = (held.Held.From, held.Held.To);
        var isEvent = fact.Kind == FactKind.Event && fact.Granularity is not null && held.Held == fact.Valid;
        return (from, to) switch
        {
            (null, null) => "",
            _ when isEvent => TimeText.Of(held.Held, fact.Granularity!.Value),
            ({ } start, null) => Iso("since ", start),
            (null, { } end) => Iso(HasEnded(held, day) ? "until " : "to end on ", end),
            ({ } start, { } end) => Iso("", start) + Iso(HasEnded(held, day) ? " until " : ", to end on ", end),
        };
    }

    static string Iso(string word, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{word}{day:yyyy-MM-dd}");
}
