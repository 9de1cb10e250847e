using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>A passage and what each word of the question adds to its score.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Score">BM25.</param>
/// <param name="Terms">BM25 by term of the question, in their order; stop words make up the rest.</param>
readonly record struct FlatPassage(int Passage, double Score, double[] Terms);

/// <summary>Ranks passages by the words of the question alone (BM25): the baseline, and the right way for questions without names.</summary>
static class FlatRecall
{
    public static FlatPassage[] Rank(RecallView view, Question question, int count, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        var ranked = Array.ConvertAll(Best(view, count, scratch), passage => new FlatPassage(
            passage,
            scratch.Bm25[passage],
            [.. Enumerable.Range(0, question.Terms.Length).Select(term => evidence.TermScore(passage, term))]));
        evidence.Clear(view.Lexical);
        return ranked;
    }

    /// <summary>The best passages by the words that were gathered into the scratch, best first.</summary>
    public static int[] Best(RecallView view, int count, RecallScratch scratch)
    {
        var top = new TopRows(count);
        foreach (var passage in scratch.Lexical)
        {
            var score = scratch.Bm25[passage];
            if (!top.Rejects(score))
            {
                top.Add(score, view.Graph.Passage(passage).Id, passage);
            }
        }

        return top.Rows();
    }

    /// <summary>How much of what a question asks the best passage says in its words: a share of the rarity of its words, in [0, 1].</summary>
    public static double BestCover(RecallView view, Question question, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        var best = 0.0;
        foreach (var passage in scratch.Lexical)
        {
            best = Math.Max(best, evidence.Weight(scratch.Covered[passage]));
        }

        evidence.Clear(view.Lexical);
        var all = question.Terms.Sum(term => term.Idf) + (question.UnknownWords * view.Lexical.Idf(-1));
        return all > 0 ? best / all : 1;
    }

    /// <summary>Scores of all passages that have a word of the question, scaled so that the best has 1 and the worst, or one without, 0.</summary>
    public static List<(int Passage, double Score)> Scaled(RecallView view, Question question, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        var evidence = LexicalEvidence.Gather(question, view.Lexical, scratch);
        var found = scratch.Lexical.ConvertAll(passage => (Passage: passage, Score: scratch.Bm25[passage]));
        evidence.Clear(view.Lexical);
        return MinMax(found, view.LiveCount);
    }

    /// <summary>Scales scores to [0, 1]; passages that are not among them have 0.</summary>
    public static List<(int Passage, double Score)> MinMax(List<(int Passage, double Score)> scores, int passages)
    {
        if (scores.Count == 0)
        {
            return scores;
        }

        var worst = scores.Count < passages ? Math.Min(0, scores.Min(one => one.Score)) : scores.Min(one => one.Score);
        var range = scores.Max(one => one.Score) - worst;
        return range > 0 ? scores.ConvertAll(one => (one.Passage, (one.Score - worst) / range)) : [];
    }
}
