using Archicortex.Indexing;
using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>Finds in a question the people who speak in the conversations.</summary>
/// <remarks>
/// Who is asked about tells which of two sides to read, and people write names as they like: "Mel" for Melanie, "Melani" by mistake,
/// "caroline" in lower case. A name of several words is found however it is written ("the project manager"). A word names a speaker if it
/// is a word of the name; else if one begins with the other (three letters or more); else by what the other side calls them
/// (<see cref="SpeakerAlias"/>); else by its spelling (one letter wrong in four, two in seven), if the texts do not know the word. The
/// first of these that finds somebody decides.
/// </remarks>
sealed class SpeakerNames
{
    const int SharedLettersMin = 3;
    const int MisspeltLengthMin = 4;
    const int TwoErrorsLengthMin = 7;

    readonly RecallView _view;
    readonly Question _question;
    readonly bool[] _isName;

    public SpeakerNames(RecallView view, Question question)
    {
        (_view, _question) = (view, question);
        _isName = new bool[question.Words.Length];
        FindWholeNames();
        for (var at = 0; at < _isName.Length; at++)
        {
            _isName[at] = _isName[at] || MayBeName(at) && Find(question.Words[at]);
        }
    }

    /// <summary>Speakers the question names.</summary>
    public HashSet<int> Named { get; } = [];

    /// <summary>True if a word of the question names a speaker.</summary>
    public bool IsName(int word) => _isName[word];

    void FindWholeNames()
    {
        for (var speaker = 0; speaker < _view.Turns.SpeakerRows; speaker++)
        {
            ref readonly var record = ref _view.Turns.Speaker(speaker);
            for (var at = 0; record.Turns > 0 && record.Words.Length > 1 && at + record.Words.Length <= _isName.Length; at++)
            {
                if (_question.Words.Slice(at, record.Words.Length).SequenceEqual(record.Words))
                {
                    Named.Add(speaker);
                    _isName.AsSpan(at, record.Words.Length).Fill(true);
                }
            }
        }
    }

    /// <summary>A capital makes a name possible; without one, only a word that is nothing else, or one where somebody stands who acts.</summary>
    bool MayBeName(int at)
    {
        var word = _question.Words[at];
        return TurnWords.MayBeName(word) && (_question.Token(at).Is(TokenMarks.Capital) || IsOnlyName(word) || IsActing(at));
    }

    /// <summary>"what did marketing say", "according to the designer": a word of a name, though it is a word of the language too.</summary>
    bool IsActing(int at)
    {
        var word = _question.Words[at];
        var before = at - (at > 0 && _question.Words[at - 1] == "the" ? 2 : 1);
        return before >= 0 && word.Length >= SharedLettersMin
            && (_question.Words[before] is "did" or "does" or "has" or "had" or "by"
                || (_question.Words[before] is "to" && before > 0 && _question.Words[before - 1] == "according"))
            && Exists(name => name == word);
    }

    bool IsOnlyName(string word)
    {
        var row = Lexicon.Find(word);
        return word.Length >= SharedLettersMin && (row < 0 || Lexicon.IsProper(row)) && Exists(name => name == word);
    }

    bool Find(string word)
    {
        var known = Named.Count;
        var isFound = Take(name => name == word)
            || Take(name => IsBeginning(name, word))
            || SpeakerAlias.Find(_view, word, Named)
            || (word.Length >= MisspeltLengthMin && !_view.Graph.IsWrittenLower(_view.Vocabulary.FindWord(word)) && Take(name => IsMisspelt(name, word)));
        return isFound || Named.Count > known;
    }

    bool Take(Predicate<string> fits)
    {
        var isFound = false;
        for (var speaker = 0; speaker < _view.Turns.SpeakerRows; speaker++)
        {
            ref readonly var record = ref _view.Turns.Speaker(speaker);
            if (record.Turns > 0 && Array.Exists(record.Words, fits))
            {
                Named.Add(speaker);
                isFound = true;
            }
        }

        return isFound;
    }

    bool Exists(Predicate<string> fits)
    {
        for (var speaker = 0; speaker < _view.Turns.SpeakerRows; speaker++)
        {
            ref readonly var record = ref _view.Turns.Speaker(speaker);
            if (record.Turns > 0 && Array.Exists(record.Words, fits))
            {
                return true;
            }
        }

        return false;
    }

    static bool IsBeginning(string name, string word) => Math.Min(name.Length, word.Length) >= SharedLettersMin
        && (name.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(name, StringComparison.Ordinal));

    static bool IsMisspelt(string name, string word) => name.Length >= MisspeltLengthMin && name[0] == word[0]
        && Distance(name, word) <= (word.Length < TwoErrorsLengthMin ? 1 : 2);

    /// <summary>Letters to leave out, add or change (Levenshtein 1966).</summary>
    static int Distance(string one, string other)
    {
        Span<int> row = stackalloc int[Math.Min(other.Length, 64) + 1];
        if (one.Length > 64 || other.Length > 64)
        {
            return int.MaxValue;
        }

        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
