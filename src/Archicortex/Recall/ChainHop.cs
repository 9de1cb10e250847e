using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>One scored step from a passage to the passages that go on where it stops.</summary>
/// <remarks>
/// A passage p answers part of a question; the rest stands in passages that share a name with p's relevant sentences, or
/// that name p or are named by it. A reached passage d scores
/// .8 · BM25 of the question terms the chain still lacks, .5 · the best phrase that leads there, .6 · p names d, and
/// .7 · the best phrase and sentence of d together. The weights lie on a plateau: .45 to 1.1 for the first, .45 to .9 for
/// the last move the mean over three question sets by at most half a point.
/// </remarks>
sealed class ChainHop(
    GraphStrengths strengths, Vocabulary vocabulary, LexicalEvidence evidence, Question question, RecallScratch scratch)
{
    public const double ResidualWeight = 0.8;
    public const double NearWeight = 0.5;
    public const double NamesWeight = 0.6;
    public const double NearResidualWeight = 0.7;

    /// <summary>Links through phrases of a squared weight below this are not followed: about those of 15 % of all passages.</summary>
    const double LinkFloor = 0.05;

    readonly GraphSnapshot _graph = strengths.Graph;

    /// <summary>
    /// Gathers what reaches each passage from <paramref name="from"/> into the scratch; <see cref="Score"/> then tells
    /// what it is worth, and <see cref="Clear"/> must follow.
    /// </summary>
    /// <param name="from">The passage to go on from.</param>
    /// <param name="covered">Terms of the question that the chain has so far.</param>
    public void Gather(int from, ulong covered)
    {
        var left = evidence.Weight(~covered & AllTerms);
        foreach (var phrase in _graph.Passage(from).Phrases.Items)
        {
            if (IsFollowed(phrase))
            {
                Follow(from, phrase, Near(from, phrase), covered, left);
            }
        }

        foreach (var link in strengths.Links(from))
        {
            ref var slot = ref scratch.Hop[link.Passage];
            Reach(ref slot, link.Passage);
            slot.Named = link.Out;
        }
    }

    /// <summary>Score of a passage that the hop has reached.</summary>
    public HopScore Score(int passage, ulong covered) => new(
        ResidualWeight * evidence.Uncovered(passage, covered),
        NearWeight * scratch.Hop[passage].Near,
        NamesWeight * scratch.Hop[passage].Named,
        NearResidualWeight * scratch.Hop[passage].NearResidual);

    /// <summary>Scores one step again and tells what carried it. Leaves the scratch as it was.</summary>
    public HopTrace Trace(int from, int to, ulong covered)
    {
        Gather(from, covered);
        var score = Score(to, covered);
        Clear();
        var left = evidence.Weight(~covered & AllTerms);
        var (bestPhrase, best) = (-1, 0.0);
        foreach (var phrase in _graph.Passage(from).Phrases.Items)
        {
            if (!_graph.Passage(to).Phrases.Contains(phrase) || !IsFollowed(phrase))
            {
                continue;
            }

            // One phrase alone, by the same code: what it brings to the passage is what it is worth.
            Follow(from, phrase, Near(from, phrase), covered, left);
            var worth = (NearWeight * scratch.Hop[to].Near) + (NearResidualWeight * scratch.Hop[to].NearResidual);
            Clear();
            if (worth > best)
            {
                (bestPhrase, best) = (phrase, worth);
            }
        }

        return new(from, to, bestPhrase, SentenceWith(bestPhrase, from, 0), SentenceWith(bestPhrase, to, ~covered), score);
    }

    public void Clear()
    {
        foreach (var passage in scratch.ReachedPassages)
        {
            scratch.Hop[passage] = default;
        }

        scratch.ReachedPassages.Clear();
    }

    /// <summary>Terms of the question in a sentence, by bit.</summary>
    ulong Cover(int sentence)
    {
        if (scratch.Covers.TryGet(sentence, out var mask))
        {
            return mask;
        }

        mask = 0;
        foreach (var word in _graph.Words(_graph.Sentence(sentence)))
        {
            var term = scratch.TermOfStem[vocabulary.StemOf(word)];
            mask |= term == 0 ? 0 : 1UL << (term - 1);
        }

        scratch.Covers.Add(sentence, mask);
        return mask;
    }

    double LinkWeight(int phrase) => strengths.Weight(phrase) * strengths.Weight(phrase);

    bool IsFollowed(int phrase) => LinkWeight(phrase) >= LinkFloor && !IsLinked(phrase);

    /// <summary>Weight of the phrase, times how near it stands to what the passage has of the question.</summary>
    double Near(int from, int phrase)
    {
        var terms = scratch.Covered[from];
        return LinkWeight(phrase) * Closeness(phrase, _graph.Passage(from), scratch.TitleCovered[from], terms, evidence.Weight(terms));
    }

    bool IsLinked(int phrase)
    {
        foreach (var link in question.Linked)
        {
            if (link.Phrase == phrase)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much of what the passage has of the question stands in the same sentence as the phrase, in [0, 1].</summary>
    double Closeness(int phrase, in PassageRecord passage, ulong title, ulong terms, double all)
    {
        if (all <= 0)
        {
            return 0;
        }

        var row = _graph.Phrase(phrase).Sentences;
        var best = 0.0;
        for (var at = row.LowerBound(passage.FirstSentence); at < row.Count; at++)
        {
            var sentence = row.Items[at];
            if (sentence >= passage.FirstSentence + passage.SentenceCount)
            {
                break;
            }

            if (sentence > passage.FirstSentence)
            {
                best = Math.Max(best, evidence.Weight((Cover(sentence) | title) & terms) / all);
            }
        }

        return best;
    }

    /// <summary>The sentence of a passage that holds a phrase and most of some terms; −1 if only its title does.</summary>
    int SentenceWith(int phrase, int passage, ulong terms)
    {
        if (phrase < 0)
        {
            return -1;
        }

        ref readonly var record = ref _graph.Passage(passage);
        terms = terms == 0 ? scratch.Covered[passage] : terms;
        var row = _graph.Phrase(phrase).Sentences;
        var (found, best) = (-1, -1.0);
        for (var at = row.LowerBound(record.FirstSentence + 1); at < row.Count && row.Items[at] < record.FirstSentence + record.SentenceCount; at++)
        {
            var weight = evidence.Weight(Cover(row.Items[at]) & terms);
            if (weight > best)
            {
                (found, best) = (row.Items[at], weight);
            }
        }

        return found;
    }

    void Follow(int from, int phrase, double near, ulong covered, double left)
    {
        ref readonly var record = ref _graph.Phrase(phrase);
        var scale = left > 0 ? near / left : 0;
        foreach (var at in record.Sentences.Items)
        {
            ref readonly var sentence = ref _graph.Sentence(at);
            if (!sentence.IsHeading)
            {
                var fits = scale > 0 && (scratch.Covered[sentence.Passage] & ~covered) != 0;
                Land(sentence.Passage, from, near, fits ? scale * evidence.Weight(Cover(at) & ~covered) : 0);
            }
        }

        // A title speaks for its whole passage.
        foreach (var owner in record.Owners.Items)
        {
            Land(owner, from, near, scale * evidence.Weight(scratch.Covered[owner] & ~covered));
        }
    }

    void Land(int passage, int from, double near, double nearResidual)
    {
        if (passage == from)
        {
            return;
        }

        ref var slot = ref scratch.Hop[passage];
        Reach(ref slot, passage);
        slot.Near = Math.Max(slot.Near, near);
        slot.NearResidual = Math.Max(slot.NearResidual, nearResidual);
    }

    void Reach(ref HopSlot slot, int passage)
    {
        if (!slot.IsReached)
        {
            slot.IsReached = true;
            scratch.ReachedPassages.Add(passage);
        }
    }

    ulong AllTerms => question.Terms.Length == Question.TermsMax ? ulong.MaxValue : (1UL << question.Terms.Length) - 1;
}

/// <summary>The parts of a hop's score; they add up to it.</summary>
/// <param name="Residual">Question terms the chain lacked.</param>
/// <param name="Near">The best phrase that leads there.</param>
/// <param name="Names">The passage before names this one.</param>
/// <param name="NearResidual">The best phrase and sentence together.</param>
readonly record struct HopScore(double Residual, double Near, double Names, double NearResidual)
{
    public double Total => Residual + Near + Names + NearResidual;
}
