namespace Archicortex.Language;

/// <summary>Which form of its base a word is.</summary>
enum WordForm : byte
{
    Base,

    /// <summary>"houses", "lives".</summary>
    WithS,

    /// <summary>"founded", "wrote", "born".</summary>
    Past,

    /// <summary>"living".</summary>
    Ing,
}

/// <summary>Finds the base of an inflected word: "founded" and "wrote" stand in the lexicon as "found" and "write".</summary>
/// <remarks>
/// The detachment rules of WordNet's own morphology, irregular forms first. A past tense and its participle are told
/// apart by what stands around them, not here. Regular forms of doubled consonants ("stopped") and of a lost e
/// ("lived") are tried both ways; the first that is a word of that part of speech wins.
/// </remarks>
static class Lemmas
{
    const int LetterMin = 3;
    const int LetterMax = 32;

    /// <summary>The row of a verb form's base and which form it is; −1 if it is no verb.</summary>
    public static int Verb(ReadOnlySpan<char> word, out WordForm form)
    {
        form = WordForm.Base;
        var irregular = Lexicon.IrregularBase(word, WordPart.Verb);
        if (irregular >= 0)
        {
            form = word.EndsWith("ing") ? WordForm.Ing : word[^1] == 's' ? WordForm.WithS : WordForm.Past;
            return irregular;
        }

        if (word.Length > LetterMin && word[^1] == 's' && word[^2] != 's')
        {
            form = WordForm.WithS;
            return Plural(word, WordPart.Verb);
        }

        if (word.Length > LetterMin && word.EndsWith("ed"))
        {
            form = WordForm.Past;
            return Stripped(word[..^2]);
        }

        if (word.Length > LetterMin + 1 && word.EndsWith("ing"))
        {
            form = WordForm.Ing;
            return Stripped(word[..^3]);
        }

        return Checked(word, WordPart.Verb);
    }

    /// <summary>The row of a noun's singular; −1 if it is no noun.</summary>
    public static int Noun(ReadOnlySpan<char> word, out WordForm form)
    {
        form = WordForm.Base;
        var irregular = Lexicon.IrregularBase(word, WordPart.Noun);
        if (irregular >= 0)
        {
            form = WordForm.WithS;
            return irregular;
        }

        if (word.Length > LetterMin + 1 && word.EndsWith("men"))
        {
            form = WordForm.WithS;
            return Checked(word[..^2], "an", WordPart.Noun);
        }

        var itself = Checked(word, WordPart.Noun);
        if (itself >= 0 || word.Length <= LetterMin || word[^1] != 's' || word[^2] == 's')
        {
            return itself;
        }

        form = WordForm.WithS;
        return Plural(word, WordPart.Noun);
    }

    /// <summary>The row of the word itself or of its base as any part of speech; −1 if unknown.</summary>
    public static int AnyBase(ReadOnlySpan<char> word)
    {
        var noun = Noun(word, out _);
        if (noun >= 0)
        {
            return noun;
        }

        var itself = Lexicon.Find(word);
        return itself >= 0 ? itself : Verb(word, out _);
    }

    static int Plural(ReadOnlySpan<char> word, WordPart part)
    {
        var row = Checked(word[..^1], part);
        if (row < 0 && word.EndsWith("ies"))
        {
            row = Checked(word[..^3], "y", part);
        }

        return row < 0 && word.EndsWith("es") ? Checked(word[..^2], part) : row;
    }

    static int Stripped(ReadOnlySpan<char> stem)
    {
        if (stem.Length < 2)
        {
            return -1;
        }

        // "planned": plan before plann; "lived": live; "visited": visit; "studied": study.
        var row = stem[^1] == 'i' ? Checked(stem[..^1], "y", WordPart.Verb) : -1;
        if (row < 0 && stem.Length > 2 && stem[^1] == stem[^2] && stem[^1] is not ('s' or 'l' or 'f' or 'z'))
        {
            row = Checked(stem[..^1], WordPart.Verb);
        }

        var (bare, mute) = (Checked(stem, WordPart.Verb), Checked(stem, "e", WordPart.Verb));
        if (row < 0)
        {
            row = bare >= 0 && mute >= 0 && Lexicon.Weight(mute, WordPart.Verb) > Lexicon.Weight(bare, WordPart.Verb) ? mute : bare >= 0 ? bare : mute;
        }

        return row < 0 && stem.Length > 2 && stem[^1] == stem[^2] ? Checked(stem[..^1], WordPart.Verb) : row;
    }

    static int Checked(ReadOnlySpan<char> word, WordPart part)
    {
        var row = Lexicon.Find(word);
        return row >= 0 && Lexicon.Weight(row, part) > 0 ? row : -1;
    }

    static int Checked(ReadOnlySpan<char> stem, ReadOnlySpan<char> ending, WordPart part)
    {
        Span<char> word = stackalloc char[LetterMax];
        if (stem.Length + ending.Length > word.Length)
        {
            return -1;
        }

        stem.CopyTo(word);
        ending.CopyTo(word[stem.Length..]);
        return Checked(word[..(stem.Length + ending.Length)], part);
    }
}
