namespace Archicortex.Recall;

/// <summary>The strategies that are asked for by name: paths of sentences, pairs of names, levels of detail.</summary>
sealed partial class ExplanationText
{
    public Explanation Of(PathPassage found)
    {
        var parts = new List<ScorePart>();
        var steps = new List<PathStep> { Words };
        var isThere = false;
        for (var i = 0; i < found.Steps.Length; i++)
        {
            var step = found.Steps[i];
            var passage = view.Graph.Sentence(step.Sentence).Passage;
            parts.Add(new($"sentence {i + 1} of the path, in '{Label(passage)}'", step.Gain * found.Share));
            if (isThere)
            {
                continue;
            }

            if (step.Phrase >= 0)
            {
                steps.Add(new(PathStepKind.Name, NameIn(step.Phrase, passage)));
            }

            steps.Add(Step(passage) with { Sentence = Sentence(passage, step.Sentence) });
            isThere = passage == found.Passage;
        }

        return new Explanation(parts, [new SeedShare(PathStepKind.Words, question.Text, 1)], steps);
    }

    public Explanation Of(PairPassage found)
    {
        var parts = new List<ScorePart> { new("words of the question, by BM25", found.Text) };
        AddPart(parts, "names of the question, and between them", found.Names);
        AddPart(parts, "words of the question", found.Words);
        if (found.Way.Length == 0)
        {
            return new Explanation(parts, [new SeedShare(PathStepKind.Words, question.Text, 1)], [Words, Step(found.Passage)]);
        }

        List<PathStep> steps = [.. found.Way.Select(phrase => new PathStep(PathStepKind.Name, NameIn(phrase, found.Passage))), Step(found.Passage)];
        return new Explanation(parts, [new SeedShare(PathStepKind.Name, NameInQuestion(found.Way[0]), 1)], steps);
    }

    /// <param name="found">The passage.</param>
    /// <param name="levels">What its parts are, in their order; levels that rank no passage stand behind them.</param>
    public Explanation Of(GranularPassage found, IReadOnlyList<GranularityWeight> levels)
    {
        var parts = new List<ScorePart>();
        for (var i = 0; i < found.Parts.Length; i++)
        {
            AddPart(parts, $"level '{levels[i].Name}'", found.Parts[i]);
        }

        return new Explanation(parts, [new SeedShare(PathStepKind.Words, question.Text, 1)], [Words, Step(found.Passage)]);
    }
}
