using System.Globalization;

namespace Archicortex.Recall;

/// <summary>How far a memory can be trusted to hold the answer to a question, by what the best passages have of it.</summary>
/// <remarks>
/// <para>A search always finds something. Whether it is an answer shows in the words: of a question the memory can answer,
/// the best passages hold most words that say something, the rare ones too, and one passage holds much of it. Both are shares
/// of the rarity (idf) of the question's words, those the memory has never met included, and so mean the same in every
/// memory; short passages hold less of any question, so they are judged against less.</para>
/// <para>Measured by <c>quality abstain</c> on six sets, area under the curve: 0.95 to 1.00 against questions of another set,
/// 0.80 to 0.88 against questions whose passages were forgotten, where nothing else says the same; at the limit 94 to 100 %
/// of the questions to documents are kept and 85 % of those to chats, 72 to 100 % of the foreign ones refused. Words alone
/// are judged, and what facts, topics and the order of turns answer: a question whose answer shares no word with it, found by
/// vectors, is called unanswerable. Results are returned all the same.</para>
/// </remarks>
/// <param name="Coverage">Share of the question that the best five passages have together, in [0, 1].</param>
/// <param name="Strength">BM25 of the best of them as a share of the question's rarity; about 1 where one passage has it all, 0.3 by chance.</param>
/// <param name="Margin">How far the best score is above the tenth, as a share of the best, in [0, 1]; not judged.</param>
/// <param name="UnlinkedNames">What the question writes as a name, and the memory knows in no spelling.</param>
public sealed record Confidence(double Coverage, double Strength, double Margin, IReadOnlyList<string> UnlinkedNames)
{
    /// <summary>Passages it is read off.</summary>
    internal const int PassagesRead = 10;

    const int PassagesCovering = 5;
    const double StrengthWeight = 0.8;
    const double StrengthMax = 1.2;
    const double StrangerLoss = 0.3;
    const double LeastLong = 1;
    const double LongWords = 90;

    /// <summary>What is seen against what is needed; 1 is the limit between answerable and not.</summary>
    public double Sureness { get; private init; }

    /// <summary>False if the memory probably lacks the answer.</summary>
    public bool IsAnswerable => Sureness >= 1;

    /// <summary>The same in a sentence.</summary>
    public string Reason
    {
        get
        {
            var share = string.Create(
                CultureInfo.InvariantCulture, $"The best passages have {100 * Coverage:0} % of what the question asks, by the rarity of its words");
            var names = UnlinkedNames.Count == 0 ? "." : $"; the memory does not know {string.Join(", ", UnlinkedNames.Select(name => $"'{name}'"))}.";
            return (IsAnswerable ? "" : "The memory probably lacks the answer. ") + share + names;
        }
    }

    /// <param name="view">The memory.</param>
    /// <param name="question">The question.</param>
    /// <param name="rows">The best passages, best first; the first <see cref="PassagesRead"/> are read.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="known">What share of the question is answered otherwise: by facts, by topics, or by the place of turns; 0 if nothing says so.</param>
    internal static Confidence Of(RecallView view, Question question, IReadOnlyList<int> rows, IReadOnlyList<double> scores, double known)
    {
        var asked = question.UnknownWords * view.Lexical.Idf(-1);
        var (covered, best) = (0.0, 0.0);
        Span<double> strengths = stackalloc double[PassagesCovering];
        foreach (var term in question.Terms)
        {
            asked += term.Idf;
            var isCovered = false;
            for (var i = 0; i < Math.Min(PassagesCovering, rows.Count); i++)
            {
                var score = view.Lexical.ScoreOf(term.Stem, rows[i]);
                strengths[i] += score;
                isCovered |= score > 0;
            }

            covered += isCovered ? term.Idf : 0;
        }

        foreach (var strength in strengths)
        {
            best = Math.Max(best, strength);
        }

        var last = Math.Min(PassagesRead, scores.Count) - 1;
        var margin = last > 0 && scores[0] > 0 ? Math.Clamp((scores[0] - scores[last]) / scores[0], 0, 1) : 0;
        string[] strangers = [.. question.Strangers.Select(name => question.Text.Substring(name.Start, name.Length)).Distinct()];
        var confidence = new Confidence(
            Math.Max(known, asked > 0 ? covered / asked : 0), Math.Max(known, asked > 0 ? best / asked : 0), margin, strangers);
        var seen = confidence.Coverage + (StrengthWeight * Math.Min(StrengthMax, confidence.Strength)) - (strangers.Length > 0 ? StrangerLoss : 0);
        return confidence with { Sureness = rows.Count == 0 ? 0 : Math.Max(0, seen / Needed(view.Lexical.MeanLength)) };
    }

    /// <summary>Share of some words, by their rarity, that passages have together; 1 if there are none to look for.</summary>
    internal static double CoverOf(RecallView view, string words, IReadOnlyList<int> rows)
    {
        var question = Question.Read(words, view.Vocabulary, view.Lexical, view.Graph);
        var all = question.Terms.Sum(term => term.Idf) + (question.UnknownWords * view.Lexical.Idf(-1));
        var covered = question.Terms.Where(term => rows.Take(PassagesRead).Any(row => view.Lexical.ScoreOf(term.Stem, row) > 0)).Sum(term => term.Idf);
        return all > 0 ? covered / all : 1;
    }

    static double Needed(double meanLength) => LeastLong * Math.Sqrt(Math.Min(1, meanLength / LongWords));
}
