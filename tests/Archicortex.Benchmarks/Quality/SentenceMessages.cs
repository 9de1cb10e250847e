using System.Text.RegularExpressions;
using Archicortex.Indexing;

namespace Archicortex.Benchmarks.Quality;

/// <summary>Cuts turns into messages of one sentence, to imitate real chat; the gold is the sentence nearest to question and answer.</summary>
/// <remarks>Splitting and gold as where the recipe of dialogue was first measured, so that figures compare.</remarks>
static partial class SentenceMessages
{
    static readonly HashSet<string> NoContent =
    [
        .. ("a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with "
        + "what which who whom whose when where why how do does did has have had i you he she we me my your his her our us them its from about "
        + "am been being were would could should can may might must shall him hers some any many much more most other than so too very just also "
        + "only own same here because while during before after until since all both each").Split(' '),
    ];

    public static EvaluationSet Cut(EvaluationSet set)
    {
        var parts = new Dictionary<string, List<CorpusRecord>>();
        foreach (var record in set.Corpus)
        {
            var texts = Boundary().Split(record.Document.Text).Where(text => text.Trim().Length > 0).ToList();
            texts = texts.Count > 0 ? texts : [record.Document.Text];
            parts[record.Id] = [.. texts.Select((text, i) => Message(record, i, text))];
        }

        return set with
        {
            Corpus = [.. set.Corpus.SelectMany(record => parts[record.Id])],
            Questions = [.. set.Questions.Select(question => question with { Gold = question.Gold.Select(gold => Nearest(parts[gold], question)).ToHashSet() })],
        };
    }

    static CorpusRecord Message(CorpusRecord record, int number, string text)
    {
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{record.Id}.{number}");
        return new(id, record.Group, record.Document with { Id = record.Document.Id is null ? null : id, Text = text });
    }

    static string Nearest(List<CorpusRecord> messages, EvaluationQuestion question)
    {
        var words = WordsOf($"{question.Text} {question.Answer}");
        return messages.MaxBy(message => WordsOf(message.Document.Text).Count(words.Contains) + (.001 * message.Document.Text.EnumerateRunes().Count()))!.Id;
    }

    static HashSet<string> WordsOf(string text)
    {
        var plain = text.ToLowerInvariant().Replace('’', '\'').Replace("'s ", " ", StringComparison.Ordinal)
            .Replace("'s?", " ?", StringComparison.Ordinal).Replace("'s.", " ", StringComparison.Ordinal);
        return [.. Word().Matches(plain).Select(match => match.Value).Where(word => !NoContent.Contains(word)).Select(word => TurnWords.StemOf(word))];
    }

    [GeneratedRegex(@"(?<=[.!?])\s+|\s+(?=\[image)")]
    private static partial Regex Boundary();

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
