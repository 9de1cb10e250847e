using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Puts the trace of a ranking into names, titles and sentences as they are written in the passages.</summary>
sealed partial class ExplanationText(RecallView view, Question question)
{
    const int SeedsShown = 5;
    const int TitleWords = 8;
    const int LabelChars = 100;

    readonly TokenBuffer _buffer = new();

    public Explanation Of(RankedPassage ranked)
    {
        var trace = ranked.Trace ?? throw new InvalidOperationException("The ranking was not traced.");
        return new Explanation(Parts(ranked, trace), Seeds(trace), Path(ranked.Passage, trace));
    }

    public Explanation Of(FlatPassage ranked)
    {
        var parts = new List<ScorePart>();
        var rest = ranked.Score;
        for (var term = 0; term < ranked.Terms.Length; term++)
        {
            if (ranked.Terms[term] > 0)
            {
                parts.Add(new($"word '{view.Vocabulary.Stem(question.Terms[term].Stem)}'", ranked.Terms[term]));
                rest -= ranked.Terms[term];
            }
        }

        if (Math.Abs(rest) > 1e-12)
        {
            parts.Add(new("stop words and repeats", rest));
        }

        return new Explanation(parts, [new SeedShare(PathStepKind.Words, question.Text, 1)], [Words, Step(ranked.Passage)]);
    }

    public Explanation Of(PlacedTurn turn) => new(
        [new ScorePart("place asked for", turn.Near), new ScorePart("words of the question", turn.Words)],
        [new SeedShare(PathStepKind.Words, question.Text, 1)],
        [Words, Step(turn.Passage)]);

    public Explanation OfAnswer(int passage, double score) => new(
        [new ScorePart("states the answer", score)],
        [new SeedShare(PathStepKind.Words, question.Text, 1)],
        [Words, Step(passage)]);

    public Explanation OfCosine(int passage, double cosine) => new(
        [new ScorePart("cosine with the question", cosine)],
        [new SeedShare(PathStepKind.Words, question.Text, 1)],
        [Words, Step(passage)]);

    public Explanation Of(TopicPassage found) => new(
        [new ScorePart("likeness to the question", found.Own), new ScorePart("its topic", found.OfTopic)],
        [new SeedShare(PathStepKind.Words, question.Text, 1)],
        [Words, Step(found.Passage)]);

    public Explanation Of(FactPassage found)
    {
        var path = found.Path;
        var steps = new List<PathStep> { new(PathStepKind.Name, TextOf(path.Start.Text)) };
        var parts = new List<ScorePart>();
        foreach (var step in path.Steps)
        {
            var assertion = view.Facts.Fact(step.Fact).Assertions.Items[0];
            var passage = view.Facts.Assertion(assertion).Passage;
            var fact = view.Facts.Read(assertion);
            parts.Add(new($"fact '{fact.Subject} – {fact.Relation} – {fact.Object}'", step.Gain));
            steps.Add(Step(passage) with { Sentence = fact.Evidence.Length == 0 ? null : EvidenceOf(passage, fact.Evidence) });
            steps.Add(new(PathStepKind.Name, step.To == view.Facts.Fact(step.Fact).Subject ? fact.Subject : fact.Object));
            if (passage == found.Passage)
            {
                break;
            }
        }

        foreach (var step in path.Steps.Skip(parts.Count))
        {
            parts.Add(new($"fact '{view.Facts.RelationKey(view.Facts.Fact(step.Fact).Relation)}' that follows", step.Gain));
        }

        AddPart(parts, "leads to another name of the question", path.Meets);
        return new Explanation(parts, [new SeedShare(PathStepKind.Name, TextOf(path.Start.Text), 1)], steps);
    }

    public Explanation Of(HippoPassage found)
    {
        var seeds = new List<SeedShare>();
        foreach (var seed in found.Seeds.Take(SeedsShown))
        {
            seeds.Add(seed.Node.Kind == NodeKind.Phrase
                ? new(PathStepKind.Name, view.Facts.EntityKey(seed.Node.Row), seed.Share)
                : new(PathStepKind.Passage, Label(seed.Node.Row), seed.Share));
        }

        var start = seeds.Count > 0 && seeds[0].Kind == PathStepKind.Name ? new PathStep(PathStepKind.Name, seeds[0].Text) : Words;
        return new Explanation([new ScorePart("walk over the graph of facts", found.Score)], seeds, [start, Step(found.Passage)]);
    }

    string TextOf(TextSpan span) => question.Text.Substring(span.Start, span.Length);

    string EvidenceOf(int passage, TextSpan span) => view.Passage(passage).Text.Substring(span.Start, span.Length);

    PathStep Words => new(PathStepKind.Words, question.Text);

    static List<ScorePart> Parts(RankedPassage ranked, ChainTrace trace)
    {
        var parts = new List<ScorePart> { new("walk over the graph", ranked.Walk) };
        AddPart(parts, "title in the question", ranked.Title);
        AddPart(parts, "best match by words", ranked.Lead);
        if (trace.Hops.Length > 0)
        {
            // What the chain was worth before its last hop scales all of that hop's parts alike.
            var last = trace.Hops[^1].Score;
            var scale = ranked.Chain / last.Total;
            AddPart(parts, "chain: words still missing", last.Residual * scale);
            AddPart(parts, "chain: name it goes on from", last.Near * scale);
            AddPart(parts, "chain: named by the passage before", last.Names * scale);
            AddPart(parts, "chain: sentence about both", last.NearResidual * scale);
        }

        return parts;
    }

    static void AddPart(List<ScorePart> parts, string name, double value)
    {
        if (value != 0)
        {
            parts.Add(new ScorePart(name, value));
        }
    }

    List<SeedShare> Seeds(ChainTrace trace)
    {
        var shares = new List<SeedShare>();
        foreach (var seed in trace.Seeds.Take(SeedsShown).Where(seed => seed.Share > 0))
        {
            shares.Add(seed.Node.Kind == NodeKind.Phrase
                ? new(PathStepKind.Name, NameInQuestion(seed.Node.Row), seed.Share)
                : new(PathStepKind.Passage, Label(seed.Node.Row), seed.Share));
        }

        return shares;
    }

    List<PathStep> Path(int passage, ChainTrace trace)
    {
        var path = new List<PathStep>();
        for (var i = 0; i < trace.Walk.Length; i++)
        {
            var node = trace.Walk[i];
            if (i == 0 && node.Kind == NodeKind.Passage)
            {
                path.Add(Words);
            }

            path.Add(node.Kind == NodeKind.Passage ? Step(node.Row)
                : i == 0 ? new(PathStepKind.Name, NameInQuestion(node.Row))
                : new(PathStepKind.Name, NameIn(node.Row, trace.Walk[i - 1].Row)));
        }

        foreach (var hop in trace.Hops)
        {
            path.Add(hop.Phrase < 0
                ? new(PathStepKind.Name, Label(hop.To))
                : new(PathStepKind.Name, NameIn(hop.Phrase, hop.From), null, Sentence(hop.From, hop.FromSentence)));
            path.Add(Step(hop.To) with { Sentence = Sentence(hop.To, hop.ToSentence) });
        }

        System.Diagnostics.Debug.Assert(path.Count > 0 && path[^1].Text == Label(passage), "A path ends at its passage.");
        return path;
    }

    PathStep Step(int passage)
    {
        var found = view.Passage(passage);
        return new PathStep(PathStepKind.Passage, Label(passage), found.Document.Id ?? found.DocumentId.ToString());
    }

    /// <summary>A passage's title; without one, its first words.</summary>
    string Label(int row)
    {
        var passage = view.Passage(row);
        if (passage.Title is { } title)
        {
            return passage.Section is { } section ? $"{title} › {section}" : title;
        }

        var text = passage.Text;
        _buffer.Clear();
        _buffer.Read(text.AsSpan(0, Math.Min(text.Length, LabelChars)));
        var speaker = passage.Speaker is { } name ? name + ": " : "";
        var end = _buffer.Count <= TitleWords ? Math.Min(text.Length, LabelChars) : _buffer[TitleWords - 1].Start + _buffer[TitleWords - 1].Length;
        end -= end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return speaker + text[..end] + (end < text.Length ? " …" : "");
    }

    string? Sentence(int passage, int sentence)
    {
        if (sentence < 0)
        {
            return null;
        }

        var record = view.Graph.Sentence(sentence);
        return record.TextLength == 0 ? null : view.Passage(passage).Text.Substring(record.TextStart, record.TextLength);
    }

    string NameInQuestion(int phrase)
    {
        var span = question.Linked.First(link => link.Phrase == phrase).Text;
        return question.Text.Substring(span.Start, span.Length);
    }

    /// <summary>A phrase as a passage writes it; its folded words if it stands in the title alone.</summary>
    string NameIn(int phrase, int passage)
    {
        var folded = view.Graph.Text(phrase, view.Vocabulary.Word);
        ref readonly var record = ref view.Graph.Passage(passage);
        var row = view.Graph.Phrase(phrase).Sentences;
        for (var at = row.LowerBound(record.FirstSentence); at < row.Count && row.Items[at] < record.FirstSentence + record.SentenceCount; at++)
        {
            var text = row.Items[at] == record.FirstSentence ? view.Passage(passage).Title : Sentence(passage, row.Items[at]);
            if (text is not null && Find(text, folded.Split(' ')) is { } written)
            {
                return written;
            }
        }

        return folded;
    }

    string? Find(string text, string[] words)
    {
        _buffer.Clear();
        _buffer.Read(text);
        for (var start = 0; start + words.Length <= _buffer.Count; start++)
        {
            var count = 0;
            while (count < words.Length && _buffer.Folded(_buffer[start + count]).SequenceEqual(words[count]))
            {
                count++;
            }

            if (count == words.Length)
            {
                var last = _buffer[start + count - 1];
                return text[_buffer[start].Start..(last.Start + last.Length)];
            }
        }

        return null;
    }
}
