using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Other words for what a word of a question names: its kinds, where members of a class are asked for, and where nobody said it.</summary>
/// <remarks>
/// A list is asked for by a plural ("hobbies"), a member by "what", "which", "kind of" or "how many" before the noun. A noun that nobody
/// said is looked for by its kinds and by the words that share a meaning with it ("sofa" by "couch"); a word that was said needs no
/// others, which would find more by chance than by meaning. Their idf is that of all of them together: a class of which every other turn
/// names a member says nothing.
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
        var own = view.Vocabulary.FindStem(TurnWords.StemOf(word));
        var isUnsaid = view.Turns.Postings(own).IsEmpty;
        if (row < 0 || !IsMostlyNoun(row) || !(isUnsaid || form == WordForm.WithS || IsAskedFor(question.Words[..at])))
        {
            return new([], 0);
        }

        var stems = new SortedSet<int>();
        foreach (var kind in isUnsaid ? [.. WordKinds.Of(row), .. WordKinds.Synonyms(row)] : WordKinds.Of(row))
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
