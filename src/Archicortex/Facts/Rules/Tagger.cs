using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Gives every word of a sentence its part of speech: closed classes by heart, the others by lexicon, ending and place.</summary>
/// <remarks>
/// A word is first what it most often is, then corrected by its neighbours, once from left to right (Brill's idea, with
/// a dozen corrections written by hand). Linear; allocates nothing.
/// </remarks>
static class Tagger
{
    public static void Tag(SentenceWords words, PassageReading reading)
    {
        for (var i = 0; i < words.Count; i++)
        {
            LookUp(words, i);
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Name >= 0)
            {
                CheckName(words, i, reading);
            }
        }

        for (var i = 0; i < words.Count; i++)
        {
            Correct(words, i);
        }
    }

    static void LookUp(SentenceWords words, int i)
    {
        ref var token = ref words[i];
        var word = words.Folded(i);
        if (ClosedWords.TryGet(word, out token.Tag, out token.Word) && !(token.Word is Word.Will or Word.May && words.Is(i, TokenMarks.Capital) && i > 0))
        {
            if (token.Word is Word.Have or Word.Do or Word.Be or Word.Like)
            {
                token.Verb = Lemmas.Verb(word, out token.VerbForm);
            }

            LookUpJoined(words, i);
            return;
        }

        if (words.Is(i, TokenMarks.Number) || char.IsAsciiDigit(word[0]))
        {
            token.Tag = Rules.Tag.Number;
            return;
        }

        LookUpOpen(words, i, ref token, word);
        if (token.Name >= 0)
        {
            token.Tag = Rules.Tag.Proper;
        }
    }

    static void LookUpOpen(SentenceWords words, int i, ref TaggedToken token, ReadOnlySpan<char> word)
    {
        var row = Lexicon.Find(word);
        token.Noun = Lemmas.Noun(word, out var nounForm);
        token.Verb = Lemmas.Verb(word, out token.VerbForm);
        token.IsPlural = nounForm == WordForm.WithS;
        token.NounWeight = token.Noun >= 0 ? (byte)Lexicon.Weight(token.Noun, WordPart.Noun) : (byte)0;
        token.VerbWeight = token.Verb >= 0 ? (byte)Lexicon.Weight(token.Verb, WordPart.Verb) : (byte)0;
        if (row >= 0)
        {
            token.AdjectiveWeight = (byte)Lexicon.Weight(row, WordPart.Adjective);
            token.AdverbWeight = (byte)Lexicon.Weight(row, WordPart.Adverb);
        }

        token.Tag = Likeliest(token, word);
        if (token.NounWeight + token.VerbWeight + token.AdjectiveWeight + token.AdverbWeight == 0)
        {
            token.Tag = ByEnding(word);
        }

        if (token.Tag == Rules.Tag.Noun && IsNumberWord(word))
        {
            token.Tag = Rules.Tag.Number;
        }

        if (words.Is(i, TokenMarks.AfterApostrophe) && word is "s")
        {
            token.Tag = Rules.Tag.Genitive;
        }

        if (word is "co" && words.Is(i + 1, TokenMarks.Joined))
        {
            // "co-founded" is founded.
            token.Tag = Rules.Tag.Adverb;
        }
    }

    static Tag Likeliest(in TaggedToken token, ReadOnlySpan<char> word)
    {
        var tag = Rules.Tag.Noun;
        var best = token.NounWeight;
        if (token.VerbWeight > best || (token.VerbForm is WordForm.Past or WordForm.Ing && token.VerbWeight > 0 && token.VerbWeight + 3 > best))
        {
            (tag, best) = (Rules.Tag.Verb, token.VerbWeight);
        }

        // Of an -ed or -ing form that is an adjective too ("married", "interesting") its place decides.
        if (token.AdjectiveWeight > best && !(tag == Rules.Tag.Verb && token.VerbForm is WordForm.Past or WordForm.Ing))
        {
            (tag, best) = (Rules.Tag.Adjective, token.AdjectiveWeight);
        }

        return token.AdverbWeight > best || (token.AdverbWeight > 0 && word.EndsWith("ly")) ? Rules.Tag.Adverb : tag;
    }

    static Tag ByEnding(ReadOnlySpan<char> word) =>
        word.EndsWith("ly") ? Rules.Tag.Adverb
        : word.EndsWith("able") || word.EndsWith("ous") || word.EndsWith("ful") || word.EndsWith("less") || word.EndsWith("ish") ? Rules.Tag.Adjective
        : Rules.Tag.Noun;

    static bool IsNumberWord(ReadOnlySpan<char> word) =>
        word is "one" or "two" or "three" or "four" or "five" or "six" or "seven" or "eight" or "nine" or "ten" or "eleven" or "twelve";

    /// <summary>The halves of "don't", "I'd", "Ada's": only what stands before tells what they are.</summary>
    static void LookUpJoined(SentenceWords words, int i)
    {
        ref var token = ref words[i];
        if (token.Word is Word.Be or Word.Have or Word.Will or Word.Would && words.Folded(i) is "m" or "re" or "ve" or "ll" or "d"
            && !words.Is(i, TokenMarks.AfterApostrophe))
        {
            (token.Tag, token.Word) = (Rules.Tag.Noun, Word.None);
        }
    }

    static void CheckName(SentenceWords words, int i, PassageReading reading)
    {
        ref var token = ref words[i];
        var name = words.Names[token.Name];
        if (token.Name == words.TitleName)
        {
            token.Tag = Rules.Tag.Proper;
            return;
        }

        if (i == name.Start && name.Count > 2 && words.Is(i, TokenMarks.SentenceStart) && IsRole(token) && !FirstNames.Contains(words.Folded(i)))
        {
            // "Composer Otto Graf": what he is, not what he is called.
            words.TrimName(i);
            token.Tag = Rules.Tag.Noun;
            return;
        }

        if (token.Word is Word.I || (token.Tag is not (Rules.Tag.Proper or Rules.Tag.Number) && (i == name.Start || i == name.End - 1)))
        {
            words.TrimName(i);
            return;
        }

        if (i == name.Start && words.Is(i, TokenMarks.SentenceStart) && !IsTrulyNamed(words, i, name, reading))
        {
            words.TrimName(i);
            token.Tag = Likeliest(token, words.Folded(i));
            return;
        }

        token.Tag = token.Tag == Rules.Tag.Number ? token.Tag : Rules.Tag.Proper;
    }

    static bool IsRole(in TaggedToken token) =>
        token.Noun >= 0 && Lexicon.KindOf(token.Noun) == NounKind.Person && !Lexicon.IsProper(token.Noun) && Lexicon.Weight(token.Noun, WordPart.Noun) > 1;

    /// <summary>Every sentence starts with a capital: a common word there is a name only if something else says so.</summary>
    static bool IsTrulyNamed(SentenceWords words, int i, TokenRange name, PassageReading reading)
    {
        ref var token = ref words[i];
        var word = words.Folded(i);
        var row = Lexicon.Find(word);
        var isWord = token.NounWeight + token.VerbWeight + token.AdjectiveWeight + token.AdverbWeight > 0 && (row < 0 || !Lexicon.IsProper(row));
        if (!isWord || FirstNames.Contains(word) || ClosedWords.IsHonorific(word))
        {
            return true;
        }

        if (name.Count > 1)
        {
            return token.NounWeight + token.AdjectiveWeight > 0 && !word.EndsWith("ly");
        }

        foreach (var other in reading.Names)
        {
            for (var at = other.Start; at < other.End; at++)
            {
                if (!reading.Buffer[at].Is(TokenMarks.SentenceStart) && reading.Buffer.Folded(reading.Buffer[at]).SequenceEqual(word))
                {
                    return true;
                }
            }
        }

        return reading.TitleNames.Count > 0 && reading.TitleNames[^1].Count == 1
            && reading.Buffer.Folded(reading.Buffer[reading.TitleNames[^1].Start]).SequenceEqual(word);
    }

    static void Correct(SentenceWords words, int i)
    {
        ref var token = ref words[i];
        var before = i > 0 && (words[i].Gap & (Gap.Stop | Gap.Open | Gap.Close)) == 0 ? words[i - 1].Tag : Rules.Tag.Other;
        var wordBefore = i > 0 ? words[i - 1].Word : Word.None;
        if (i > 0 && words.Is(i, TokenMarks.AfterApostrophe) && words.Folded(i) is "t" && IsNegative(words, i - 1))
        {
            (token.Tag, token.Word) = (Rules.Tag.Not, Word.Not);
            return;
        }

        if (words.Folded(i) is "s" && i > 0 && (words.Is(i, TokenMarks.AfterApostrophe) || (token.Gap == Gap.None
            && words.StartOf(i) - words.EndOf(i - 1) == 2)))
        {
            CorrectS(words, i, before);
            return;
        }

        if (token.VerbForm == WordForm.Past && TakesBase(words, i))
        {
            UseBase(words, i);
        }

        if (token.Word == Word.To && words[i + 1].VerbForm == WordForm.Past && words[i + 1].Name < 0)
        {
            UseBase(words, i + 1);
        }

        if (token.Word == Word.No && i + 1 < words.Count && words.Folded(i + 1) is "longer")
        {
            (token.Tag, words[i + 1].Tag) = (Rules.Tag.Not, Rules.Tag.Adverb);
            return;
        }

        switch (token.Word)
        {
            case Word.To when i + 1 < words.Count && words[i + 1].CanBeVerb && words[i + 1].VerbForm == WordForm.Base && IsInfinitive(words, i):
                token.Tag = Rules.Tag.Infinitive;
                return;
            case Word.That or Word.Like or Word.She or Word.He:
                CorrectByNext(words, i, before);
                return;
            case Word.Have or Word.Do or Word.Be or Word.None when token.Tag == Rules.Tag.Auxiliary:
                return;
        }

        if (token.Tag is Rules.Tag.Noun or Rules.Tag.Verb or Rules.Tag.Adjective or Rules.Tag.Adverb)
        {
            CorrectOpen(words, i, before, wordBefore);
        }
    }

    /// <summary>Behind "did", "did not" and "will" stands a base form.</summary>
    static bool TakesBase(SentenceWords words, int i)
    {
        var before = words[i - 1].Tag is Rules.Tag.Not or Rules.Tag.Adverb ? i - 2 : i - 1;
        return words[before].Tag == Rules.Tag.Modal || (words[before].Tag == Rules.Tag.Auxiliary && words[before].Word == Word.Do);
    }

    /// <summary>"found" and "saw" are the past of one verb and the base of another.</summary>
    static void UseBase(SentenceWords words, int i)
    {
        var row = Lexicon.Find(words.Folded(i));
        if (row >= 0 && Lexicon.Weight(row, WordPart.Verb) > 0)
        {
            (words[i].Verb, words[i].VerbForm, words[i].VerbWeight) = (row, WordForm.Base, (byte)Lexicon.Weight(row, WordPart.Verb));
        }
    }

    static bool IsNegative(SentenceWords words, int i)
    {
        var word = words.Folded(i);
        if (word is "won")
        {
            (words[i].Tag, words[i].Word) = (Rules.Tag.Modal, Word.Will);
        }

        return words[i].Tag is Rules.Tag.Auxiliary or Rules.Tag.Modal;
    }

    /// <summary>"Ada's sister" owns, "Ada's a nurse" and "she's tired" are.</summary>
    static void CorrectS(SentenceWords words, int i, Tag before)
    {
        ref var token = ref words[i];
        var next = i + 1 < words.Count && words[i + 1].Gap == Gap.None ? words[i + 1].Tag : Rules.Tag.Other;
        var isVerb = before is Rules.Tag.Pronoun or Rules.Tag.Clause or Rules.Tag.Relative or Rules.Tag.Adverb || words[i - 1].Word == Word.That
            || next is Rules.Tag.Determiner or Rules.Tag.Possessive or Rules.Tag.Not or Rules.Tag.Preposition or Rules.Tag.Adverb
            || (next == Rules.Tag.Verb && words[i + 1].VerbForm is WordForm.Ing);
        (token.Tag, token.Word) = isVerb ? (Rules.Tag.Auxiliary, Word.Be) : (Rules.Tag.Genitive, Word.None);
        if (isVerb && next == Rules.Tag.Verb && words[i + 1].VerbForm == WordForm.Past && words.Folded(i + 1) is "been" or "got" or "had")
        {
            token.Word = Word.Have;
        }
    }

    static bool IsInfinitive(SentenceWords words, int i)
    {
        ref var next = ref words[i + 1];
        return next.Gap == Gap.None && next.Name < 0
            && (next.VerbWeight >= next.NounWeight || i + 2 == words.Count || words[i + 2].Tag is not (Rules.Tag.Noun or Rules.Tag.Verb)
            || next.NounWeight == 0);
    }

    static void CorrectByNext(SentenceWords words, int i, Tag before)
    {
        ref var token = ref words[i];
        var next = i + 1 < words.Count && (words[i + 1].Gap & ~(Gap.Joined | Gap.Quote)) == 0 ? words[i + 1].Tag : Rules.Tag.Other;
        var nextCanBeNoun = next is Rules.Tag.Noun or Rules.Tag.Adjective or Rules.Tag.Proper or Rules.Tag.Number
            || (next == Rules.Tag.Verb && words[i + 1].CanBeNoun && words[i + 1].VerbForm is WordForm.Base or WordForm.WithS);
        switch (token.Word)
        {
            case Word.Like when before is Rules.Tag.Pronoun or Rules.Tag.Modal or Rules.Tag.Not or Rules.Tag.Proper or Rules.Tag.Infinitive
                || (before == Rules.Tag.Adverb && i > 1 && words[i - 2].Tag == Rules.Tag.Pronoun):
                token.Tag = Rules.Tag.Verb;
                break;
            case Word.She when words.Folded(i) is "her":
                token.Tag = nextCanBeNoun || next == Rules.Tag.Adverb ? Rules.Tag.Possessive : Rules.Tag.Pronoun;
                break;
            case Word.He when words.Folded(i) is "his":
                token.Tag = next is Rules.Tag.Other or Rules.Tag.Auxiliary ? Rules.Tag.Pronoun : Rules.Tag.Possessive;
                break;
            case Word.That when before is Rules.Tag.Noun or Rules.Tag.Proper
                && next is Rules.Tag.Verb or Rules.Tag.Auxiliary or Rules.Tag.Modal or Rules.Tag.Adverb:
                token.Tag = Rules.Tag.Relative;
                break;
            case Word.That when before is not Rules.Tag.Verb && nextCanBeNoun && next != Rules.Tag.Proper && !words[i + 1].IsPlural:
                token.Tag = Rules.Tag.Determiner;
                break;
            case Word.That when next is Rules.Tag.Auxiliary:
                (token.Tag, token.Word) = (Rules.Tag.Pronoun, Word.This);
                break;
        }
    }

    static void CorrectOpen(SentenceWords words, int i, Tag before, Word wordBefore)
    {
        ref var token = ref words[i];
        var isInflected = token.VerbForm is WordForm.Past or WordForm.Ing;
        switch (before)
        {
            case Rules.Tag.Infinitive:
                token.Tag = Rules.Tag.Verb;
                break;
            case Rules.Tag.Modal when token.CanBeVerb && token.VerbForm == WordForm.Base:
            case Rules.Tag.Auxiliary when wordBefore == Word.Do && token.CanBeVerb && token.VerbForm == WordForm.Base:
            case Rules.Tag.Auxiliary when wordBefore is Word.Be or Word.Have && token.CanBeVerb && isInflected:
                token.Tag = Rules.Tag.Verb;
                break;
            case Rules.Tag.Not when token.CanBeVerb && i > 1 && words[i - 2].Word is Word.Do or Word.Will or Word.Would or Word.Can or Word.May or Word.Should:
                token.Tag = Rules.Tag.Verb;
                break;
            case Rules.Tag.Determiner or Rules.Tag.Possessive or Rules.Tag.Genitive when token.Tag == Rules.Tag.Verb:
                token.Tag = isInflected && FollowedByNoun(words, i) ? Rules.Tag.Adjective : token.CanBeNoun ? Rules.Tag.Noun
                    : isInflected || token.AdjectiveWeight > 0 ? Rules.Tag.Adjective : Rules.Tag.Verb;
                break;
            case Rules.Tag.Adjective or Rules.Tag.Number when token.Tag == Rules.Tag.Verb && token.CanBeNoun && !(isInflected
                && token.VerbForm == WordForm.Past):
                token.Tag = Rules.Tag.Noun;
                break;
            case Rules.Tag.Preposition when token.Tag == Rules.Tag.Verb && token.CanBeNoun && token.VerbForm is WordForm.Base or WordForm.WithS:
                token.Tag = Rules.Tag.Noun;
                break;
            case Rules.Tag.Pronoun when token.CanBeVerb && token.Tag != Rules.Tag.Adverb && wordBefore is not Word.This && token.Tag != Rules.Tag.Verb:
                token.Tag = IsSubject(words, i - 1) ? Rules.Tag.Verb : token.Tag;
                break;
            case Rules.Tag.Adverb or Rules.Tag.Not when token.CanBeVerb && token.Tag == Rules.Tag.Noun && i > 1 && words[i - 2].Tag == Rules.Tag.Pronoun:
                token.Tag = IsSubject(words, i - 2) ? Rules.Tag.Verb : token.Tag;
                break;
            case Rules.Tag.Proper or Rules.Tag.Noun or Rules.Tag.Relative when token.CanBeVerb && token.Tag != Rules.Tag.Verb
                && token.VerbForm == WordForm.WithS:
                token.Tag = OpensObject(words, i) || (OpensPlace(words, i) && !HasVerb(words, i)) ? Rules.Tag.Verb : token.Tag;
                break;
            case Rules.Tag.Verb when token.CanBeNoun && token.Tag == Rules.Tag.Verb && token.VerbForm == WordForm.WithS
                && token.NounWeight + 3 >= token.VerbWeight:
                token.Tag = Rules.Tag.Noun;
                break;
            case Rules.Tag.And when token.Tag == Rules.Tag.Noun && token.CanBeVerb && i > 1 && words[i - 2].Tag == Rules.Tag.Verb
                && words[i - 2].VerbForm == token.VerbForm:
                token.Tag = Rules.Tag.Verb;
                break;
        }

        if (token.Tag == Rules.Tag.Verb && token.CanBeNoun && IsInsideNoun(words, i, before))
        {
            token.Tag = Rules.Tag.Noun;
        }

        // A list of nouns that ends in a verb of no tense ("the night watch") is one noun.
        if (token.Tag == Rules.Tag.Verb && token.VerbForm == WordForm.Base && before == Rules.Tag.Noun && token.CanBeNoun && !words[i - 1].IsPlural)
        {
            token.Tag = Rules.Tag.Noun;
        }

        if (token.Tag == Rules.Tag.Adverb && before is Rules.Tag.Determiner or Rules.Tag.Possessive && (token.NounWeight > 0 || token.AdjectiveWeight > 0))
        {
            token.Tag = token.AdjectiveWeight > 0 ? Rules.Tag.Adjective : Rules.Tag.Noun;
        }
    }

    static bool OpensPlace(SentenceWords words, int i) =>
        !words[i - 1].IsPlural && (i + 1 == words.Count || words[i + 1].Tag is Rules.Tag.Preposition or Rules.Tag.Adverb);

    /// <summary>True if the statement a word stands in has another verb.</summary>
    static bool HasVerb(SentenceWords words, int i)
    {
        for (var at = i - 1; at >= 0 && (words[at + 1].Gap & Gap.Stop) == 0 && words[at].Tag != Rules.Tag.Clause; at--)
        {
            if (words[at].Tag is Rules.Tag.Verb or Rules.Tag.Auxiliary or Rules.Tag.Modal)
            {
                return true;
            }
        }

        for (var at = i + 1; at < words.Count && (words[at].Gap & (Gap.Stop | Gap.Comma)) == 0; at++)
        {
            if (words[at].Tag is Rules.Tag.Verb or Rules.Tag.Auxiliary or Rules.Tag.Modal)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"a Harbour support group", "a choir reading": behind an article and a noun, no verb without tense follows.</summary>
    static bool IsInsideNoun(SentenceWords words, int i, Tag before)
    {
        ref var token = ref words[i];
        if (before is not (Rules.Tag.Noun or Rules.Tag.Proper) || words[i - 1].IsPlural || !(words[i - 2].Tag is Rules.Tag.Determiner or Rules.Tag.Adjective))
        {
            return false;
        }

        var next = words[i + 1].Gap == Gap.None ? words[i + 1].Tag : Rules.Tag.Other;
        return token.VerbForm switch
        {
            WordForm.Base => true,
            // "a boat building firm" is one noun, "a man reading books" is not; "a guild meeting for" is.
            WordForm.Ing when next == Rules.Tag.Noun => !words[i + 1].IsPlural,
            WordForm.Ing when next == Rules.Tag.Preposition => token.NounWeight + 1 >= token.VerbWeight,
            WordForm.Ing => next is not (Rules.Tag.Determiner or Rules.Tag.Possessive or Rules.Tag.Pronoun or Rules.Tag.Proper),
            _ => false,
        };
    }

    static bool IsSubject(SentenceWords words, int i) => words.Folded(i) is "i" or "you" or "he" or "she" or "it" or "we" or "they" or "who"
        or "everyone" or "nobody";

    static bool FollowedByNoun(SentenceWords words, int i) =>
        i + 1 < words.Count && words[i + 1].Gap is Gap.None or Gap.Joined && (words[i + 1].IsNominal || words[i + 1].Tag == Rules.Tag.Adjective);

    /// <summary>"Karl plays the cello", "Ada works at": what follows a verb, and rarely a plural.</summary>
    static bool OpensObject(SentenceWords words, int i)
    {
        if (i + 1 >= words.Count || words[i + 1].Gap != Gap.None)
        {
            return false;
        }

        var next = words[i + 1].Tag;
        return next is Rules.Tag.Determiner or Rules.Tag.Possessive or Rules.Tag.Infinitive or Rules.Tag.Proper
            || (next == Rules.Tag.Preposition && words[i].VerbWeight >= words[i].NounWeight)
            || (next is Rules.Tag.Noun or Rules.Tag.Pronoun or Rules.Tag.Adverb or Rules.Tag.Adjective && words[i].VerbWeight > words[i].NounWeight);
    }
}
