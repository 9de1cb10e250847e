using System.Collections.Frozen;
using Archicortex.Hierarchy;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Tells questions about the whole, or about a broad topic, from those about one thing: the only place that lists their words.</summary>
static class GlobalQuestion
{
    // Whoever says one of these wants an overview, of whatever is named beside it.
    static readonly string[][] Cues = Read(
        "summarise|summarize|summary of|summary about|summarised|summarized|sum up|overview|main themes|main theme|main topics|main topic|main points|"
        + "main subjects|key themes|key topics|key points|big picture|in a nutshell|gist of|the gist|what is this about|what is it about|"
        + "what is it all about|what is this all about|what are these about|what is this memory about|what topics|what themes|which topics|"
        + "which themes|what subjects|recurring themes|recurring topics");

    // These do so only where nothing is named: "Who was the overall winner in Oslo?" asks for one thing.
    static readonly string[][] CuesWithoutNames = Read("overall|in general|generally|on the whole|mostly about|talk about most|talked about most");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Frame = FrozenSet.ToFrozenSet(
        ("summarise summarize summarised summarized summary summaries sum overview main key themes theme topics topic points point "
        + "subjects subject big picture nutshell gist recurring overall general generally whole mostly memory memories notes note "
        + "document documents text texts passage passages conversation conversations discussion discussions discuss discussed talk "
        + "talked talks chat chats covered cover covers brief briefly short shortly describe explain outline content contents")
        .Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="question">The question, names linked.</param>
    public static bool Is(Question question)
    {
        var words = TokenBuffer.FoldedWords(question.Text);
        return Array.Exists(Cues, cue => Has(words, cue)) || (question.Linked.Length == 0 && Array.Exists(CuesWithoutNames, cue => Has(words, cue)));
    }

    /// <summary>True for words that ask for an overview and do not say of what.</summary>
    /// <param name="word">Folded form.</param>
    public static bool IsFrame(ReadOnlySpan<char> word) => Frame.Contains(word) || TopicWords.IsEmpty(word);

    /// <summary>What the question wants an overview of, in its own words; empty: of everything.</summary>
    public static string ContentOf(string question)
    {
        var buffer = new TokenBuffer();
        buffer.Read(question);
        var words = new List<string>();
        foreach (var token in buffer.Tokens)
        {
            var folded = buffer.Folded(token);
            if (!IsFrame(folded))
            {
                words.Add(question.Substring(token.Start, token.Length));
            }
        }

        return string.Join(' ', words);
    }

    static bool Has(string[] words, string[] cue)
    {
        for (var at = 0; at + cue.Length <= words.Length; at++)
        {
            if (words.AsSpan(at, cue.Length).SequenceEqual(cue))
            {
                return true;
            }
        }

        return false;
    }

    static string[][] Read(string cues) => [.. cues.Split('|').Select(cue => cue.Split(' '))];
}
