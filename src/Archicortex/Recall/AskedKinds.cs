using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Words for kinds of what a word of a question names, where members of a class are asked for.</summary>
/// <remarks>
/// A list is asked for by a plural ("hobbies"), a member by "what", "which", "kind of" or "how many" before the noun. Their idf is that of
/// all kinds together: a class of which every other turn names a member says nothing.
/// </remarks>
/// <param name="Stems">Stems that turns have.</param>
/// <param name="Idf">How rare any of them is, no more than the word itself.</param>
readonly record struct AskedKinds(int[] Stems, double Idf)
{
    const int WordsBeforeMax = 3;
    const int LettersMin = 3;

    /// <param name="view">What is asked.</param>
    /// <param name="question">The question.</param>
    /// <param name="at">Place of the word in it.</param>
    public static AskedKinds Of(RecallView view, Question question, int at)
    {
        var word = question.Words[at];
        var row = Lemmas.Noun(word, out var form);
        if (row < 0 || !IsMostlyNoun(row) || !(form == WordForm.WithS || IsAskedFor(question.Words[..at])))
        {
            return new([], 0);
        }

        var own = view.Vocabulary.FindStem(TurnWords.StemOf(word));
        var stems = new SortedSet<int>();
        foreach (var kind in WordKinds.Of(row))
        {
            var text = Lexicon.Word(kind);
            var stem = text.Length < LettersMin || TurnWords.IsAsking(text) ? -1 : view.Vocabulary.FindStem(TurnWords.StemOf(text));
            if (stem != own && !view.Turns.Postings(stem).IsEmpty)
            {
                stems.Add(stem);
            }
        }

        var turns = stems.Sum(stem => view.Turns.Postings(stem).Length);
        return new([.. stems], Math.Min(view.Turns.Idf(own), view.Turns.IdfOf(Math.Min(turns, view.Turns.TurnCount))));
    }

    static bool IsMostlyNoun(int row) =>
        Lexicon.Weight(row, WordPart.Noun) >= Math.Max(Lexicon.Weight(row, WordPart.Verb), Lexicon.Weight(row, WordPart.Adjective));

    static bool IsAskedFor(ReadOnlySpan<string> before)
    {
        foreach (var word in before[Math.Max(0, before.Length - WordsBeforeMax)..])
        {
            if (word is "what" or "which" or "many" or "kind" or "kinds" or "type" or "types" or "sort" or "sorts")
            {
                return true;
            }
        }

        return false;
    }
}
