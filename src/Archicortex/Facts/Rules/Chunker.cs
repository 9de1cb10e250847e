using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Joins tagged words into noun phrases, verb phrases and what stands between them.</summary>
/// <remarks>Greedy from left to right, one look at each word; linear.</remarks>
sealed class Chunker
{
    Chunk[] _chunks = new Chunk[128];
    bool _quoted;

    public int Count { get; private set; }

    public ref Chunk this[int index] => ref _chunks[index];

    /// <summary>Chunks the words from one up to, but without, another; they hold no full stop.</summary>
    public void Read(SentenceWords words, int start, int end)
    {
        Count = 0;
        _quoted = (words[start].Gap & Gap.Quote) != 0;
        for (var at = start; at < end;)
        {
            if (at > start)
            {
                AddGap(words[at].Gap, at);
            }

            var next = Next(words, at, end);
            at = next > at ? next : at + 1;
        }

        LinkOf(words);
    }

    int Next(SentenceWords words, int at, int end)
    {
        ref var token = ref words[at];
        if (token.Time >= 0)
        {
            return TimeChunk(words, at, end);
        }

        switch (token.Tag)
        {
            case Tag.Pronoun:
                Add(ChunkKind.Noun, at, at + 1);
                return at + 1;
            case Tag.Determiner or Tag.Possessive or Tag.Noun or Tag.Proper or Tag.Number or Tag.Adjective:
                return NounPhrase.Read(this, words, at, end);
            case Tag.Verb when token.VerbForm is WordForm.Past or WordForm.Ing && NounPhrase.IsModifier(words, at, end):
                return NounPhrase.Read(this, words, at, end);
            case Tag.Verb or Tag.Auxiliary or Tag.Modal or Tag.Infinitive or Tag.Not:
                return VerbPhrase.Read(this, words, at, end);
            case Tag.Adverb:
                var verb = at;
                while (verb < end && words[verb].Tag == Tag.Adverb && words[verb].Time < 0 && (verb == at || words[verb].Gap is Gap.None or Gap.Joined))
                {
                    verb++;
                }

                if (verb < end && words[verb].Gap is Gap.None or Gap.Joined && words[verb].Time < 0 && words[verb].Tag is Tag.Verb or Tag.Modal or Tag.Not)
                {
                    return VerbPhrase.Read(this, words, at, end);
                }

                Add(ChunkKind.Adverb, at, at + 1);
                return at + 1;
            default:
                Add(KindOf(token), at, at + 1);
                return at + 1;
        }
    }

    public ref Chunk Add(ChunkKind kind, int start, int end)
    {
        if (Count == _chunks.Length)
        {
            Array.Resize(ref _chunks, Count * 2);
        }

        ref var chunk = ref _chunks[Count++];
        chunk = new Chunk { Kind = kind, Start = start, End = end, Head = end - 1, CoreStart = start, Of = -1, Verb = -1, Particle = -1, IsQuoted = _quoted };
        return ref chunk;
    }

    void AddGap(Gap gap, int at)
    {
        if ((gap & Gap.Close) != 0)
        {
            Add(ChunkKind.Close, at, at);
        }

        if ((gap & Gap.Quote) != 0)
        {
            _quoted = !_quoted;
        }

        if ((gap & Gap.Comma) != 0)
        {
            Add(ChunkKind.Comma, at, at);
        }

        if ((gap & Gap.Dash) != 0)
        {
            Add(ChunkKind.Clause, at, at);
        }

        if ((gap & Gap.Open) != 0)
        {
            Add(ChunkKind.Open, at, at);
        }
    }

    int TimeChunk(SentenceWords words, int at, int end)
    {
        var next = at + 1;
        while (next < end && words[next].Time == words[at].Time)
        {
            next++;
        }

        Add(ChunkKind.Time, at, next);
        return next;
    }

    static ChunkKind KindOf(in TaggedToken token) => token.Tag switch
    {
        Tag.Preposition => ChunkKind.Preposition,
        Tag.And => ChunkKind.And,
        Tag.Relative => ChunkKind.Relative,
        Tag.Clause or Tag.Condition => ChunkKind.Clause,
        Tag.Adverb => ChunkKind.Adverb,
        _ => ChunkKind.Other,
    };

    /// <summary>"the son of Ada": the rules ask a noun what stands behind its "of".</summary>
    void LinkOf(SentenceWords words)
    {
        for (var i = 0; i + 2 < Count; i++)
        {
            if (_chunks[i].Kind == ChunkKind.Noun && _chunks[i + 1].Kind == ChunkKind.Preposition
                && words[_chunks[i + 1].Start].Word == Word.Of && _chunks[i + 2].Kind == ChunkKind.Noun)
            {
                _chunks[i].Of = i + 2;
            }
        }
    }
}
