using System.Text;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Whom "I" and "you" of a question mean, where the speakers are called by their parts: "user" and "assistant", "me" and "you".</summary>
/// <remarks>
/// Who asks a memory of their own chats says "I" and "my"; what they told stands in the turns of "user", and the long replies around repeat
/// all its words. "You" means the assistant where it said or did something ("what did you recommend", "the list you gave me", "your
/// advice"), not where it is asked for something ("can you remind me"). "Our last conversation" means both. The one who asks is the
/// speaker with a name for them, else the only one beside an assistant; no other conversation is read so.
/// </remarks>
static class SpeakerRoles
{
    const int WordsToVerbMax = 2;

    /// <summary>Adds the speaker that a question means by "I" or "you".</summary>
    /// <returns>True if there is one.</returns>
    public static bool Find(RecallView view, Question question, HashSet<int> named)
    {
        var (asker, answerer) = Of(view);
        if (asker < 0)
        {
            return false;
        }

        var meant = answerer >= 0 && MeansAnswerer(question.Words) ? answerer : MeansAsker(question.Words) ? asker : -1;
        return meant >= 0 && named.Add(meant);
    }

    /// <summary>
    /// A question with the name of the one who asks in place of "I" and "my": facts are stated of names. As it is where nobody is meant.
    /// </summary>
    public static string InThirdPerson(RecallView view, string question)
    {
        var (asker, _) = Of(view);
        if (asker < 0)
        {
            return question;
        }

        var words = new TokenBuffer();
        words.Read(question);
        var name = string.Join(' ', view.Turns.Speaker(asker).Words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var text = new StringBuilder();
        var from = 0;
        foreach (var token in words.Tokens)
        {
            if (words.Folded(token) is "i" or "me" or "myself" or "my" or "mine")
            {
                text.Append(question, from, token.Start - from).Append(name).Append(words.Folded(token) is "my" or "mine" ? "'s" : "");
                from = token.Start + token.Length;
            }
        }

        return text.Append(question, from, question.Length - from).ToString();
    }

    /// <summary>Who asks, and who answers; −1: nobody is called so.</summary>
    static (int Asker, int Answerer) Of(RecallView view)
    {
        var (asker, answerer, you, other) = (-1, -1, -1, -1);
        for (var speaker = 0; speaker < view.Turns.SpeakerRows; speaker++)
        {
            ref readonly var record = ref view.Turns.Speaker(speaker);
            if (record.Turns == 0)
            {
                continue;
            }

            switch (record.Words is [var word] ? word : "")
            {
                case "user" or "human" or "me":
                    asker = speaker;
                    break;
                case "assistant" or "ai" or "bot" or "chatbot" or "model":
                    answerer = speaker;
                    break;
                case "you":
                    you = speaker;
                    break;
                default:
                    other = other == -1 ? speaker : -2;
                    break;
            }
        }

        // An export of one's own messages calls oneself "You"; beside "me" it is the other one.
        (asker, answerer) = asker < 0 ? (you, answerer) : (asker, answerer < 0 ? you : answerer);
        return (asker < 0 && answerer >= 0 && other >= 0 ? other : asker, answerer);
    }

    static bool MeansAsker(ReadOnlySpan<string> words)
    {
        var isMeant = false;
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] is "our" or "we" && HasTalk(words))
            {
                return false;
            }

            isMeant |= words[at] is "i" or "my" or "me" or "mine" or "myself" or "our" or "we" or "us";
        }

        return isMeant;
    }

    static bool HasTalk(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (OrderQuestion.IsSaying(word) || word is "conversation" or "conversations" or "chat" or "chats" or "discussion" or "session" or "sessions")
            {
                return true;
            }
        }

        return false;
    }

    static bool MeansAnswerer(ReadOnlySpan<string> words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] == "your" || (words[at] == "you" && (DidBefore(words, at) || DidAfter(words, at))))
            {
                return true;
            }
        }

        return false;
    }

    static bool DidBefore(ReadOnlySpan<string> words, int at) => at > 0 && words[at - 1] is "did" or "had" or "have" or "were";

    /// <summary>"you told", "you have just suggested".</summary>
    static bool DidAfter(ReadOnlySpan<string> words, int at)
    {
        if (at > 0 && words[at - 1] is "can" or "could" or "would" or "will" or "do")
        {
            return false;
        }

        for (var next = at + 1; next < words.Length && next <= at + 1 + WordsToVerbMax; next++)
        {
            if (Lemmas.Verb(words[next], out var form) >= 0 && form == WordForm.Past)
            {
                return true;
            }
        }

        return false;
    }
}
