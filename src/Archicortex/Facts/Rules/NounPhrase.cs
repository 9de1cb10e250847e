using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Reads one noun phrase: article or owner, what describes, noun. A phrase that ends without a noun is an adjective.</summary>
static class NounPhrase
{
    const int WordsMax = 16;

    /// <returns>The word behind it.</returns>
    public static int Read(Chunker chunks, SentenceWords words, int start, int end)
    {
        var (at, lastNoun, genitive) = (start, -1, -1);
        for (; at < end && at - start < WordsMax; at++)
        {
            if ((at > start && !Continues(words, at)) || (words[at].Time >= 0 && !IsYearInside(words, at, end)))
            {
                break;
            }

            var tag = words[at].Tag;
            if (tag == Tag.Genitive && lastNoun == at - 1)
            {
                genitive = at;
                continue;
            }

            if (!Fits(words, at, end, start, genitive))
            {
                break;
            }

            lastNoun = words[at].IsNominal ? at : lastNoun;
        }

        if (lastNoun < 0 && at > start + 1 && (words[start].Word is Word.A or Word.The || words[start].Tag == Tag.Possessive) && words[at - 1].CanBeNoun)
        {
            // "a small firm": two adjectives by the lexicon; the last is the noun.
            (lastNoun, words[at - 1].Tag) = (at - 1, Tag.Noun);
        }

        if (lastNoun < 0)
        {
            // "those", "several", "very happy": no noun came.
            var isAdjective = words[start].Tag is Tag.Adjective or Tag.Verb;
            chunks.Add(isAdjective ? ChunkKind.Adjective : ChunkKind.Noun, start, Math.Max(at, start + 1));
            return Math.Max(at, start + 1);
        }

        if (genitive == at - 1 && genitive > lastNoun)
        {
            genitive = -1;
        }

        ref var chunk = ref chunks.Add(ChunkKind.Noun, start, lastNoun + 1);
        Describe(ref chunk, words, start, genitive > lastNoun ? -1 : genitive);
        return lastNoun + 1;
    }

    /// <summary>True for "married" in "a married man" and "swimming" in "swimming lessons".</summary>
    public static bool IsModifier(SentenceWords words, int at, int end) =>
        at + 1 < end && words[at + 1].Gap == Gap.None && words[at + 1].Time < 0 && words[at].AdjectiveWeight >= words[at].VerbWeight
        && words[at + 1].Tag == Tag.Noun && words[at].AdjectiveWeight > 0;

    static void Describe(ref Chunk chunk, SentenceWords words, int start, int genitive)
    {
        ref var first = ref words[start];
        chunk.IsNone = first.Word == Word.No;
        var afterArticle = start;
        while (afterArticle < chunk.End - 1 && words[afterArticle].Tag == Tag.Determiner)
        {
            // "all the leaves"
            afterArticle++;
        }

        chunk.IsIndefinite = first.Word is Word.A || (first.Tag != Tag.Determiner && first.Tag != Tag.Possessive);
        chunk.CoreStart = afterArticle;
        if (genitive > start && first.Word != Word.A)
        {
            (chunk.OwnerStart, chunk.OwnerEnd, chunk.CoreStart, chunk.IsIndefinite) = (afterArticle, genitive, genitive + 1, false);
        }
        else if (words[afterArticle].Tag == Tag.Possessive && chunk.End > afterArticle + 1)
        {
            (chunk.OwnerStart, chunk.OwnerEnd, chunk.CoreStart, chunk.IsIndefinite) = (afterArticle, afterArticle + 1, afterArticle + 1, false);
        }
    }

    static bool Continues(SentenceWords words, int at)
    {
        var gap = words[at].Gap & ~(Gap.Joined | Gap.Quote);
        return gap == Gap.None
            && !(words[at].Name >= 0 && words[at - 1].Name >= 0 && words[at].Name != words[at - 1].Name && (words[at].Gap & Gap.Joined) == 0
                && !ClosedWords.IsHonorific(words.Folded(at - 1)));
    }

    static bool Fits(SentenceWords words, int at, int end, int start, int genitive)
    {
        ref var token = ref words[at];
        if (token.Name >= 0 && at > words.Names[token.Name].Start)
        {
            return true;
        }

        return token.Tag switch
        {
            // "the newspaper The Northern Star": a name that starts with its article.
            Tag.Determiner => at == start || words[at - 1].Tag == Tag.Determiner
                || (words.Is(at, TokenMarks.Capital) && words[at - 1].Tag == Tag.Noun && at + 1 < end && words[at + 1].Name >= 0),
            Tag.Possessive => at == start || (at == start + 1 && words[start].Tag == Tag.Determiner),
            Tag.Noun or Tag.Proper or Tag.Number => true,
            Tag.Adjective => !(at > start && words[at - 1].IsNominal && words[at - 1].Tag != Tag.Number && genitive != at - 1) || (token.Gap & Gap.Joined) != 0
                || (Leads(words, at, end) && (words[at - 1].Tag == Tag.Proper || words[start].Tag is Tag.Determiner or Tag.Possessive)
                    && words.Folded(at) is not ("last" or "next" or "this")),
            Tag.Verb => token.VerbForm is WordForm.Past or WordForm.Ing && Leads(words, at, end)
                && (words[at - 1].Tag is Tag.Determiner or Tag.Possessive or Tag.Adjective or Tag.Genitive or Tag.And || at == start
                || (token.Gap & Gap.Joined) != 0),
            Tag.Adverb => at > start && words[at - 1].Tag == Tag.Determiner && at + 1 < end && words[at + 1].Tag is Tag.Adjective or Tag.Verb,
            // "a safe and loving home"
            Tag.And => words[at - 1].Tag == Tag.Adjective && words[start].Tag is Tag.Determiner or Tag.Possessive && Leads(words, at + 1, end)
                && (words[at + 1].Tag == Tag.Adjective || (words[at + 1].Tag == Tag.Verb && words[at + 1].VerbForm is WordForm.Past or WordForm.Ing)),
            _ => (token.Gap & Gap.Joined) != 0 && !words.Is(at, TokenMarks.AfterApostrophe) && Leads(words, at, end),
        };
    }

    static bool Leads(SentenceWords words, int at, int end) =>
        at + 1 < end && (words[at + 1].Gap & ~Gap.Joined) == 0 && (words[at + 1].IsNominal || words[at + 1].Tag == Tag.Adjective
            || (words[at + 1].Gap & Gap.Joined) != 0);

    /// <summary>"a 1954 film": the year describes the noun.</summary>
    static bool IsYearInside(SentenceWords words, int at, int end) =>
        words.Is(at, TokenMarks.Number) && at + 1 < end && words[at + 1].Time != words[at].Time && words[at + 1].Gap is Gap.None or Gap.Joined
        && words[at + 1].Tag is Tag.Noun or Tag.Adjective or Tag.Proper && at > 0 && words[at].Gap == Gap.None
        && words[at - 1].Tag is Tag.Determiner or Tag.Genitive or Tag.Possessive or Tag.Adjective;
}
