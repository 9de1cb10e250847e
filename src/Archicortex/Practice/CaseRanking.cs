using Archicortex.Facts;

namespace Archicortex.Practice;

/// <summary>Ranks experience by likeness of situations and by what it was worth.</summary>
/// <remarks>
/// Retrieval of cases after Memento/AgentFly (arXiv 2508.16153), where the learnt value of a case ranks beside its likeness;
/// concepts before instances after ArcMemo (arXiv 2509.04439); nothing for a situation that is like none after MemPrompt (arXiv
/// 2201.06009). The most alike failure keeps a place among those returned, whatever its reward: knowing what not to
/// do again is worth one line.
/// </remarks>
static class CaseRanking
{
    const double Grid = 1e12;

    /// <param name="view">What is known.</param>
    /// <param name="situation">What is asked about.</param>
    /// <param name="options">How.</param>
    /// <param name="passages">Passages of the memory.</param>
    /// <param name="passagesWith">How many of them have a word.</param>
    public static CaseRecollection Rank(PracticeView view, string situation, RecallCasesOptions options, int passages, Func<string, int> passagesWith)
    {
        var words = SituationWords.Read(situation);
        var cases = view.Situations.Like(words, options.SimilarityMin, passages, passagesWith)
            .Select(one => (Case: view.Cases.Find(one.Id)!, one.Similarity))
            .Where(one => options.Tags.All(one.Case.Tags.Contains))
            .OrderByDescending(one => Math.Round(one.Similarity * one.Case.Worth * Grid)).ThenBy(one => one.Case.Id, StringComparer.Ordinal)
            .ToList();
        RecalledConcept[] concepts = [];
        if (options.Level == CaseLevel.Concept)
        {
            var said = view.Concepts.Like(words, options.SimilarityMin, passages, passagesWith).ToDictionary(one => one.Id, one => one.Similarity);
            concepts = RankConcepts(view.Cases, said, cases.ToDictionary(one => one.Case.Id, one => one.Similarity), options);
            var covered = concepts.SelectMany(one => one.Concept.Cases).ToHashSet();
            cases.RemoveAll(one => covered.Contains(one.Case.Id));
        }

        var kept = Kept(cases, options.Top);
        return new CaseRecollection(situation, concepts, [.. kept.Select((one, i) => Recalled(one, i))], ReasonOf(view, words, concepts.Length, cases.Count));
    }

    static RecalledCase Recalled((KnownCase Case, double Similarity) one, int i) => new(i + 1, one.Similarity * one.Case.Worth, one.Similarity, one.Case);

    /// <summary>The best; if none of them is a failure and there is one behind them, it takes the last place.</summary>
    static List<(KnownCase Case, double Similarity)> Kept(List<(KnownCase Case, double Similarity)> ranked, int top)
    {
        var kept = ranked.GetRange(0, Math.Min(top, ranked.Count));
        var warning = ranked.FindIndex(one => one.Case.IsWarning);
        if (top > 1 && warning >= top)
        {
            kept[^1] = ranked[warning];
        }

        return kept;
    }

    static RecalledConcept[] RankConcepts(
        CaseBook book, Dictionary<string, double> said, Dictionary<string, double> likeCases, RecallCasesOptions options)
    {
        var found = new List<(KnownConcept Concept, List<KnownCase> Cases, double Similarity, double Score)>();
        foreach (var concept in book.Concepts)
        {
            // What is left of a concept whose cases were forgotten is one case at most: that ranks for itself.
            var similarity = concept.Cases.Select(id => likeCases.GetValueOrDefault(id)).Append(said.GetValueOrDefault(EntityName.Of(concept.Name).Key)).Max();
            if (similarity > 0 && concept.Cases.Count >= CaseRules.CasesOfConceptMin)
            {
                var cases = concept.Cases.Select(id => book.Find(id)!)
                    .OrderByDescending(one => Math.Round(likeCases.GetValueOrDefault(one.Id) * Grid)).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
                found.Add((concept, cases, similarity, similarity * cases.Average(one => one.Worth)));
            }
        }

        return
        [
            .. found.OrderByDescending(one => Math.Round(one.Score * Grid)).ThenBy(one => one.Concept.Name, StringComparer.Ordinal).Take(options.Top)
                .Select((one, i) => new RecalledConcept(i + 1, one.Score, one.Similarity, one.Concept, one.Cases)),
        ];
    }

    static string ReasonOf(PracticeView view, SituationWord[] words, int concepts, int cases) =>
        view.Cases.Count == 0 ? "Nothing was found: no case is known yet."
        : words.Length == 0 ? "Nothing was found: the situation has no word that says what it is about."
        : concepts + cases == 0 ? "Nothing was found: no known situation is like this one."
        : concepts > 0 ? $"Concepts that fit: {concepts}; other cases that are like it: {cases}."
        : $"Cases that are like it: {cases}.";
}
