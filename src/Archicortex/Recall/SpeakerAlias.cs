using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Whom a nickname means: somebody who is addressed by it ("hey Skip!", "thanks, Skip.") and hardly uses it.</summary>
/// <remarks>
/// In a chat of two, who is addressed is the other one. Worked out when a question has a capitalised word that names no speaker, from the
/// turns that hold it (the latest 512), so that nothing is kept which remembering and forgetting would have to take back.
/// </remarks>
static class SpeakerAlias
{
    const int TurnsMax = 512;
    const int AddressMin = 3;
    const int OwnUseMax = 5;

    /// <summary>Adds the speakers whom a word means.</summary>
    /// <returns>True if there are any.</returns>
    public static bool Find(RecallView view, string word, HashSet<int> named)
    {
        if (view.Vocabulary.FindWord(word) is var number && (number < 0 || view.Graph.IsWrittenLower(number)))
        {
            return false;
        }

        var stem = view.Vocabulary.FindStem(TurnWords.StemOf(word));
        var postings = view.Turns.Postings(stem);
        var counts = new SortedDictionary<int, (int To, int By)>();
        var pairs = new Dictionary<int, (int, int)?>();
        var buffer = new TokenBuffer();
        foreach (var posting in postings[Math.Max(0, postings.Length - TurnsMax)..])
        {
            var row = Posting.Passage(posting);
            var (speaker, other) = (view.Turns.Turn(row).Speaker, OtherOf(view, row, pairs));
            if (speaker >= 0 && other >= 0 && IsAddress(view.Passage(row).Text, word, buffer))
            {
                var (to, by) = counts.GetValueOrDefault(other);
                counts[other] = (to + 1, by);
                (to, by) = counts.GetValueOrDefault(speaker);
                counts[speaker] = (to, by + 1);
            }
        }

        var isFound = false;
        foreach (var (speaker, (to, by)) in counts)
        {
            if (to >= AddressMin && by * OwnUseMax <= to)
            {
                named.Add(speaker);
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>The other one in a session of two; −1: there are fewer or more.</summary>
    static int OtherOf(RecallView view, int row, Dictionary<int, (int One, int Other)?> pairs)
    {
        var session = view.Time.SessionOf(row);
        if (!pairs.TryGetValue(session, out var pair))
        {
            pairs[session] = pair = PairIn(view, session);
        }

        return pair is not var (one, other) ? -1 : view.Turns.Turn(row).Speaker == one ? other : one;
    }

    static (int, int)? PairIn(RecallView view, int session)
    {
        var (one, other) = (-1, -1);
        foreach (var turn in view.Time.Turns(session))
        {
            var speaker = view.Turns.Turn(turn).Speaker;
            if (speaker == one || speaker == other)
            {
                continue;
            }

            if (one >= 0 && other >= 0)
            {
                return null;
            }

            (one, other) = one < 0 ? (speaker, other) : (one, speaker);
        }

        return one >= 0 && other >= 0 ? (one, other) : null;
    }

    /// <summary>True for "hey Skip" and ", Skip!".</summary>
    static bool IsAddress(string text, string word, TokenBuffer buffer)
    {
        buffer.Clear();
        buffer.Read(text);
        for (var at = 0; at < buffer.Count; at++)
        {
            var token = buffer[at];
            if (!token.Is(TokenMarks.Capital) || !buffer.Folded(token).SequenceEqual(word))
            {
                continue;
            }

            var end = token.Start + token.Length;
            var isEnd = end < text.Length && text[end] is '.' or '!' or '?';
            var afterComma = token.Start >= 2 && text[..token.Start].TrimEnd().EndsWith(',');
            if ((afterComma && isEnd) || (at > 0 && IsGreeting(buffer.Folded(buffer[at - 1]))))
            {
                return true;
            }
        }

        return false;
    }

    static bool IsGreeting(ReadOnlySpan<char> word) => word is "hi" or "hey" or "hello" or "thanks" or "you" or "thx" or "dear" or "bye" or "yo"
        or "morning" or "congrats" or "sorry" or "wow" or "oh";
}
