using Archicortex.Indexing;
using Archicortex.Numerics;

namespace Archicortex.Recall;

/// <summary>The passages with most of a question's words, whatever they are: what tells where to look, and puts documents beside turns.</summary>
/// <remarks>BM25 as in <see cref="FlatRecall"/>, but without stop words, of which turns and documents have other shares.</remarks>
static class TextHits
{
    const int Looked = 10;

    /// <summary>How many of the best passages are turns of conversations, and how many best ones there are (at most ten).</summary>
    public static (int Turns, int All) CountTurns(RecallView view, Question question, RecallScratch scratch)
    {
        Gather(view, question, scratch);
        var rows = Best(view, scratch, Looked, static (_, _) => true);
        Clear(scratch);
        return (rows.Count(hit => view.Time.SessionOf(hit.Row) >= 0), rows.Length);
    }

    /// <summary>The best passages that are no turns, and the score of the best of all.</summary>
    public static (double BestOfAll, (int Row, double Score)[] Documents) Documents(RecallView view, Question question, int count, RecallScratch scratch)
    {
        Gather(view, question, scratch);
        var best = 0.0;
        foreach (var row in scratch.Lexical)
        {
            best = Math.Max(best, scratch.Bm25[row]);
        }

        var documents = Best(view, scratch, count, static (view, row) => view.Time.SessionOf(row) < 0);
        Clear(scratch);
        return (best, documents);
    }

    static (int Row, double Score)[] Best(RecallView view, RecallScratch scratch, int count, Func<RecallView, int, bool> isWanted)
    {
        var top = new TopRows(count);
        foreach (var row in scratch.Lexical)
        {
            var score = scratch.Bm25[row];
            if (!top.Rejects(score) && isWanted(view, row))
            {
                top.Add(score, view.Graph.Passage(row).Id, row);
            }
        }

        return Array.ConvertAll(top.Rows(), row => (row, scratch.Bm25[row]));
    }

    static void Gather(RecallView view, Question question, RecallScratch scratch)
    {
        scratch.Fit(view.Graph.PassageCount, view.Graph.PhraseCount, view.Vocabulary.StemCount);
        foreach (var term in question.Terms)
        {
            foreach (var posting in view.Lexical.Postings(term.Stem))
            {
                var row = Posting.Passage(posting);
                if (scratch.Bm25[row] == 0)
                {
                    scratch.Lexical.Add(row);
                }

                scratch.Bm25[row] += view.Lexical.Score(term.Idf, posting);
            }
        }
    }

    static void Clear(RecallScratch scratch)
    {
        foreach (var row in scratch.Lexical)
        {
            scratch.Bm25[row] = 0;
        }

        scratch.Lexical.Clear();
    }
}
