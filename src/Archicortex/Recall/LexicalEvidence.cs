using System.Numerics;
using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>What the words of a question say about every passage: BM25, and which of its terms each passage has.</summary>
sealed class LexicalEvidence
{
    readonly RecallScratch _scratch;
    readonly QuestionTerm[] _terms;
    readonly double[] _idf;

    LexicalEvidence(RecallScratch scratch, QuestionTerm[] terms) =>
        (_scratch, _terms, _idf) = (scratch, terms, Array.ConvertAll(terms, term => term.Idf));

    /// <summary>Sum over the terms of the best BM25 any passage has for it: what a passage covering all would reach.</summary>
    public double BestSum { get; private set; }

    /// <summary>Scores every passage that has a word of the question. <see cref="Clear"/> must follow.</summary>
    public static LexicalEvidence Gather(Question question, LexicalSnapshot lexical, RecallScratch scratch)
    {
        var evidence = new LexicalEvidence(scratch, question.Terms);
        for (var k = 0; k < question.Terms.Length; k++)
        {
            scratch.TermOfStem[question.Terms[k].Stem] = (byte)(k + 1);
        }

        var done = new HashSet<int>();
        foreach (var stem in question.Stems)
        {
            if (done.Add(stem))
            {
                evidence.Scan(stem, question.Stems.Count(other => other == stem), lexical);
            }
        }

        foreach (var (term, k) in question.Terms.Select((term, k) => (term, k)))
        {
            foreach (var passage in lexical.Titles(term.Stem))
            {
                scratch.TitleCovered[passage] |= 1UL << k;
            }
        }

        return evidence;
    }

    /// <summary>BM25 of the passage for one term; 0 if it lacks it.</summary>
    public double TermScore(int passage, int term)
    {
        var row = _scratch.TermRow[passage];
        return row == 0 ? 0 : _scratch.TermScores[((row - 1) * _terms.Length) + term];
    }

    /// <summary>BM25 of the passage over the terms that are not covered yet, as a share of <see cref="BestSum"/>.</summary>
    public double Uncovered(int passage, ulong covered)
    {
        var sum = 0.0;
        for (var left = _scratch.Covered[passage] & ~covered; left != 0; left &= left - 1)
        {
            sum += TermScore(passage, BitOperations.TrailingZeroCount(left));
        }

        return BestSum > 0 ? sum / BestSum : 0;
    }

    /// <summary>Sum of idf over a set of terms.</summary>
    public double Weight(ulong terms)
    {
        var sum = 0.0;
        for (; terms != 0; terms &= terms - 1)
        {
            sum += _idf[BitOperations.TrailingZeroCount(terms)];
        }

        return sum;
    }

    public void Clear(LexicalSnapshot lexical)
    {
        foreach (var term in _terms)
        {
            _scratch.TermOfStem[term.Stem] = 0;
            foreach (var passage in lexical.Titles(term.Stem))
            {
                _scratch.TitleCovered[passage] = 0;
            }
        }

        foreach (var passage in _scratch.Lexical)
        {
            _scratch.Bm25[passage] = 0;
            _scratch.Covered[passage] = 0;
            _scratch.TermRow[passage] = 0;
        }

        _scratch.Lexical.Clear();
        _scratch.TermScores.Clear();
    }

    void Scan(int stem, int repeats, LexicalSnapshot lexical)
    {
        var idf = lexical.Idf(stem);
        var term = _scratch.TermOfStem[stem] - 1;
        var best = 0.0;
        foreach (var posting in lexical.Postings(stem))
        {
            var passage = Posting.Passage(posting);
            var score = lexical.Score(idf, posting);
            if (_scratch.Bm25[passage] == 0)
            {
                _scratch.Lexical.Add(passage);
            }

            _scratch.Bm25[passage] += score * repeats;
            if (term >= 0)
            {
                _scratch.Covered[passage] |= 1UL << term;
                SetTermScore(passage, term, score);
                best = Math.Max(best, score);
            }
        }

        BestSum += best;
    }

    void SetTermScore(int passage, int term, double score)
    {
        ref var row = ref _scratch.TermRow[passage];
        if (row == 0)
        {
            for (var k = 0; k < _terms.Length; k++)
            {
                _scratch.TermScores.Add(0);
            }

            row = _scratch.TermScores.Count / _terms.Length;
        }

        _scratch.TermScores[((row - 1) * _terms.Length) + term] = score;
    }
}
