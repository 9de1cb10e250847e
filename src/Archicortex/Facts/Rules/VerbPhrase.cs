using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Reads one verb phrase: auxiliaries, negation, adverbs, the verb, its particle.</summary>
static class VerbPhrase
{
    /// <returns>The word behind it.</returns>
    public static int Read(Chunker chunks, SentenceWords words, int start, int end)
    {
        ref var chunk = ref chunks.Add(ChunkKind.Verb, start, start + 1);
        var (main, auxiliary, at) = (-1, -1, start);
        var isGot = false;
        for (; at < end; at++)
        {
            ref var token = ref words[at];
            if ((at > start && (token.Gap & ~(Gap.Joined | Gap.Quote)) != 0) || token.Time >= 0)
            {
                break;
            }

            if (token.Tag == Tag.Verb)
            {
                if (IsUsedTo(words, at, end))
                {
                    chunk.IsUsedTo = true;
                    at++;
                    continue;
                }

                isGot = IsGotDone(words, at, end);
                main = isGot ? at + 1 : at;
                at = main + 1;
                break;
            }

            if (!Take(ref chunk, words, at))
            {
                break;
            }

            auxiliary = token.Tag is Tag.Auxiliary or Tag.Modal ? at : auxiliary;
        }

        if (main < 0 && auxiliary < 0)
        {
            chunk.Kind = words[start].Tag == Tag.Adverb ? ChunkKind.Adverb : ChunkKind.Other;
            return start + 1;
        }

        Finish(ref chunk, words, start, main, auxiliary);
        chunk.IsGot = isGot;
        chunk.IsPassive |= isGot;
        chunk.IsPast |= isGot;
        at = main >= 0 ? chunk.Head + 1 : Math.Max(at, chunk.Head + 1);
        if (at < end && main >= 0 && words[at].Gap == Gap.None && IsParticle(words, at, end))
        {
            chunk.Particle = at++;
        }

        chunk.End = at;
        return at;
    }

    static bool IsUsedTo(SentenceWords words, int at, int end) =>
        words.Folded(at) is "used" && at + 2 < end && words[at + 1].Tag == Tag.Infinitive && words[at + 2].Tag is Tag.Verb or Tag.Auxiliary;

    /// <summary>"got fired" is "was fired".</summary>
    static bool IsGotDone(SentenceWords words, int at, int end) =>
        words.Folded(at) is "got" && at + 1 < end && words[at + 1] is { VerbForm: WordForm.Past, Gap: Gap.None, Time: < 0, Name: < 0 } done
        && Array.Exists(VerbRules.Of(done.Verb) ?? [], rule => (rule.Marks & RuleMarks.Passive) != 0);

    static bool Take(ref Chunk chunk, SentenceWords words, int at)
    {
        ref var token = ref words[at];
        switch (token.Tag)
        {
            case Tag.Infinitive:
                chunk.Shape = VerbShape.Infinitive;
                return true;
            case Tag.Not when words.Folded(at + 1) is "only":
                // "not only a doctor": he is one.
                return true;
            case Tag.Not:
                chunk.IsNegated = true;
                chunk.IsNoLonger |= token.Word == Word.No;
                return true;
            case Tag.Modal:
                chunk.IsFuture |= token.Word == Word.Will;
                chunk.IsHedged |= token.Word == Word.May;
                chunk.IsHypothetical |= token.Word is Word.Would or Word.Can or Word.Should or Word.None;
                return true;
            case Tag.Auxiliary:
                chunk.IsPast |= chunk.Shape == VerbShape.Finite
                    && words.Folded(at) is "was" or "were" or "had" or "did" or "didn" or "wasn" or "weren" or "hadn" or "been";
                chunk.IsPerfect |= token.Word == Word.Have;
                return true;
            case Tag.Adverb:
                chunk.IsHedged |= token.Word == Word.Maybe;
                return true;
            default:
                return false;
        }
    }

    static void Finish(ref Chunk chunk, SentenceWords words, int start, int main, int auxiliary)
    {
        chunk.Head = main >= 0 ? main : auxiliary;
        ref var head = ref words[chunk.Head];
        chunk.Verb = head.Verb;
        if (main < 0)
        {
            chunk.IsCopula = head.Word == Word.Be;
            chunk.IsPerfect &= head.Word != Word.Have;
            chunk.Shape = chunk.Shape == VerbShape.Finite && words.Folded(chunk.Head) is "being" or "having" or "doing"
                && chunk.Head == start ? VerbShape.Gerund : chunk.Shape;
            return;
        }

        var afterBe = auxiliary >= 0 && words[auxiliary].Word == Word.Be;
        chunk.IsPassive = afterBe && head.VerbForm == WordForm.Past;
        chunk.IsProgressive = afterBe && head.VerbForm == WordForm.Ing;
        chunk.IsPast |= auxiliary < 0 && head.VerbForm == WordForm.Past;
        if (chunk.Shape == VerbShape.Finite && words.Folded(start) is "being" or "having")
        {
            chunk.Shape = VerbShape.Gerund;
        }

        if (chunk.Shape != VerbShape.Infinitive && auxiliary < 0)
        {
            chunk.Shape = head.VerbForm == WordForm.Ing ? VerbShape.Gerund
                : ClosedWords.IsParticipleOnly(words.Folded(chunk.Head)) ? VerbShape.Participle : VerbShape.Finite;
        }
    }

    /// <summary>"gave up", "moved back", "moved over to": a particle, unless it opens a place ("lives in", "over the hill").</summary>
    static bool IsParticle(SentenceWords words, int at, int end) =>
        (words[at].Word is Word.Up or Word.Out or Word.Off or Word.Down or Word.Back or Word.Away && words[at].Tag is Tag.Adverb && at < end)
        || (words[at].Word == Word.Over && at + 1 < end && words[at + 1].Word == Word.To);
}
