using Archicortex.Language;
using Archicortex.Models;

namespace Archicortex.Hierarchy;

/// <summary>A sentence of a passage, or the beginning of one that is too long.</summary>
/// <param name="Passage">The passage's row.</param>
/// <param name="Span">Where it stands in the passage's text.</param>
readonly record struct SummarySentence(int Passage, TextSpan Span);

/// <summary>Picks the sentences that say together what some passages are about.</summary>
/// <remarks>
/// Extractive: every sentence stands in a passage, word for word. Of at most 200 candidates, spread over the passages, that one
/// is taken next which is most like all of them together and least like those taken: .7 · relevance − .3 · likeness (maximal
/// marginal relevance, Carbonell and Goldstein 1998), until the budget of tokens is used up. A function of the set of passages
/// and the budget: sentences that stand there twice count once, and nothing of an earlier summary enters.
/// </remarks>
static class SummarySentences
{
    /// <summary>Sentences that are looked at.</summary>
    public const int CandidatesMax = 200;

    /// <summary>Tokens of the longest summary (<see cref="TokenCounting"/>).</summary>
    public const int TokensMax = 200;

    const int TokensOfOne = 40;
    const double Relevance = 0.7;
    const double Likeness = 0.3;
    const double FirstGain = 0.05;
    const double FactGain = 0.05;
    const double VagueLoss = 0.1;
    const double CallLoss = 0.15;
    const double LayoutLoss = 1;
    const double LettersMin = 0.75;
    const int StemsOfWhole = 6;
    const double WorthwhileShare = 0.35;
    const int TokensMin = 10;
    const int WordsMin = 4;
    const int CharsPerToken = 4;

    /// <summary>Tokens a summary of so many passages may have: 40 · (1 + log2), at most 200.</summary>
    public static int BudgetOf(int leaves) => (int)Math.Min(TokensMax, TokensOfOne * (1 + Math.Log2(Math.Max(1, leaves))));

    /// <param name="texts">What the passages say.</param>
    /// <param name="leaves">Rows of the passages, in the order in which their sentences are printed.</param>
    /// <param name="tokensMax">What all sentences together may have.</param>
    /// <param name="said">Sentences whose content stands in the summary already.</param>
    public static List<SummarySentence> Choose(TopicTexts texts, IReadOnlyList<int> leaves, int tokensMax, IReadOnlySet<int> said)
    {
        var candidates = Candidates(texts, leaves);
        Rate(candidates);
        var taken = candidates.Where(one => said.Contains(one.Sentence)).ToList();
        var chosen = new List<Candidate>();
        var left = tokensMax;
        var scoreMin = double.NegativeInfinity;
        while (left >= TokensMin && Best(candidates, taken, left, scoreMin) is var (best, score))
        {
            // What is left of the budget is no reason to print what hardly belongs here.
            scoreMin = chosen.Count == 0 ? WorthwhileShare * score : scoreMin;
            chosen.Add(best);
            taken.Add(best);
            left -= best.Tokens;
        }

        if (chosen.Count == 0 && said.Count == 0 && candidates.MaxBy(one => Math.Round(one.Worth, 9)) is { } longest)
        {
            var start = Beginning(texts.TextOf(longest.Span.Passage), longest.Span.Span, tokensMax);
            return start.Length > 0 ? [longest.Span with { Span = start }] : [];
        }

        return [.. chosen.OrderBy(one => one.Place).Select(one => one.Span)];
    }

    static List<Candidate> Candidates(TopicTexts texts, IReadOnlyList<int> leaves)
    {
        var candidates = new List<Candidate>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var share = leaves.Count == 0 ? 0 : Math.Max(1, CandidatesMax / leaves.Count);
        foreach (var leaf in leaves.Take(CandidatesMax))
        {
            var text = texts.TextOf(leaf);
            var isFirst = true;
            foreach (var sentence in texts.SentencesOf(leaf).Take(share))
            {
                ref readonly var record = ref texts.Graph.Sentence(sentence);
                var span = WithoutMarkup(text, new(record.TextStart, record.TextLength));
                var words = text.Substring(span.Start, span.Length);
                if (words.Length > 0 && seen.Add(words))
                {
                    var worth = (isFirst ? FirstGain : 0) + (texts.StatesFact(sentence) ? FactGain : 0) - LossOf(words, record.TokenCount);
                    candidates.Add(new(sentence, new(leaf, span), words, texts.StemsOf(sentence)) { Worth = worth, Place = candidates.Count });
                }

                isFirst = false;
            }
        }

        return candidates;
    }

    /// <summary>Adds to each candidate's worth its cosine with the sum of all.</summary>
    static void Rate(List<Candidate> candidates)
    {
        var centre = new Dictionary<int, double>();
        foreach (var one in candidates)
        {
            foreach (var (stem, weight) in one.Stems)
            {
                centre[stem] = centre.GetValueOrDefault(stem) + (weight * one.InverseNorm);
            }
        }

        var square = candidates.Sum(one => one.Stems.Sum(pair => centre[pair.Key] * pair.Value) * one.InverseNorm);
        var inverse = square > 0 ? 1 / Math.Sqrt(square) : 0;
        foreach (var one in candidates)
        {
            // Two words that everybody uses point the same way as the sum, and say nothing.
            var share = Math.Min(1, (double)one.Stems.Count / StemsOfWhole);
            one.Worth += one.Stems.Sum(pair => centre[pair.Key] * pair.Value) * one.InverseNorm * inverse * share;
        }
    }

    static (Candidate Best, double Score)? Best(List<Candidate> candidates, List<Candidate> taken, int left, double scoreMin)
    {
        Candidate? best = null;
        var bestScore = scoreMin;
        foreach (var one in candidates)
        {
            if (taken.Count > one.Compared)
            {
                for (; one.Compared < taken.Count; one.Compared++)
                {
                    one.Likest = Math.Max(one.Likest, one.CosineWith(taken[one.Compared]));
                }
            }

            // Sums are taken in another order where words have other numbers: the last digits do not count.
            var score = Math.Round((Relevance * one.Worth) - (Likeness * one.Likest), 9);
            var isBetter = score > bestScore || (score == bestScore && best is not null && string.CompareOrdinal(one.Words, best.Words) < 0);
            if (isBetter && one.Tokens <= left && !taken.Contains(one))
            {
                (best, bestScore) = (one, score);
            }
        }

        return best is null ? null : (best, bestScore);
    }

    /// <summary>What a sentence loses that does not stand well by itself: a question, one that starts with a pronoun, a row of a table.</summary>
    static double LossOf(string words, int count)
    {
        var letters = words.Count(char.IsLetter);
        var spaces = words.Count(char.IsWhiteSpace);
        var isLayout = words[0] is '#' or '`' or '<' or '{' or '[' || words.Contains('|', StringComparison.Ordinal)
            || letters + spaces < LettersMin * words.Length;
        var first = words.AsSpan(0, Math.Max(0, words.AsSpan().IndexOfAny(" ,!.")));
        var isVague = words.EndsWith('?') || count < WordsMin || IsPronoun(first);
        return (isLayout ? LayoutLoss : 0) + (isVague ? VagueLoss : 0) + (IsCall(first) ? CallLoss : 0);
    }

    /// <summary>A sentence without the marks of a heading, a list or a block of code at its start. What is left stands in the text as it is.</summary>
    static TextSpan WithoutMarkup(string text, TextSpan sentence)
    {
        var (at, end) = (sentence.Start, sentence.End);
        while (at < end)
        {
            var rest = text.AsSpan(at, end - at);
            if (char.IsWhiteSpace(rest[0]))
            {
                at++;
            }
            else if (rest[0] == '#' || rest.StartsWith("```", StringComparison.Ordinal))
            {
                var line = rest.IndexOf('\n');
                at = line < 0 ? end : at + line + 1;
            }
            else if (rest.Length > 1 && rest[0] is '*' or '-' or '+' or '>' && rest[1] == ' ')
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return new(at, end - at);
    }

    static bool IsPronoun(ReadOnlySpan<char> word) => word is "He" or "She" or "It" or "They" or "His" or "Her" or "Its" or "Their" or "This"
        or "That" or "These" or "Those" or "We" or "You" or "There";

    static bool IsCall(ReadOnlySpan<char> word) => word is "Wow" or "Yeah" or "Yes" or "Yep" or "Yup" or "No" or "Nope" or "Hey" or "Hi" or "Hello"
        or "Thanks" or "Thank" or "Haha" or "Aww" or "Cool" or "Nice" or "Great" or "Sure" or "Congrats" or "Bye" or "Okay" or "OK" or "Oh" or "Well"
        or "Definitely" or "Absolutely" or "Totally" or "Sounds" or "Awesome" or "Ok" or "So";

    /// <summary>As many whole words of a sentence as fit into a budget.</summary>
    static TextSpan Beginning(string text, TextSpan sentence, int tokensMax)
    {
        var length = Math.Min(sentence.Length, tokensMax * CharsPerToken);
        while (length > 0 && TokenCounting.Count(text.AsSpan(sentence.Start, length)) > tokensMax)
        {
            length--;
        }

        if (length < sentence.Length)
        {
            var space = text.AsSpan(sentence.Start, length).LastIndexOf(' ');
            length = space > 0 ? space : length > 0 && char.IsHighSurrogate(text[sentence.Start + length - 1]) ? length - 1 : length;
        }

        return sentence with { Length = length };
    }

    sealed record Candidate(int Sentence, SummarySentence Span, string Words, SortedList<int, double> Stems)
    {
        public int Tokens { get; } = TokenCounting.Count(Words);

        /// <summary>In the order in which sentences are printed.</summary>
        public int Place { get; init; }

        public double InverseNorm { get; } = Stems.Count == 0 ? 0 : 1 / Math.Sqrt(Stems.Values.Sum(weight => weight * weight));

        public double Worth { get; set; }

        /// <summary>The largest cosine with a sentence taken, and how many of those it was compared with.</summary>
        public double Likest { get; set; }

        public int Compared { get; set; }

        public double CosineWith(Candidate other)
        {
            var dot = 0.0;
            for (int i = 0, j = 0; i < Stems.Count && j < other.Stems.Count;)
            {
                var (stem, with) = (Stems.GetKeyAtIndex(i), other.Stems.GetKeyAtIndex(j));
                dot += stem == with ? Stems.GetValueAtIndex(i) * other.Stems.GetValueAtIndex(j) : 0;
                i += stem <= with ? 1 : 0;
                j += with <= stem ? 1 : 0;
            }

            return dot * InverseNorm * other.InverseNorm;
        }
    }
}
