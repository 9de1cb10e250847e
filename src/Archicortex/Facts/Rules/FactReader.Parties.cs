using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>From phrases to the names facts use.</summary>
sealed partial class FactReader
{
    static readonly Party Nobody = new(null, Discourse.None, EntityType.Unknown, false, false);

    /// <summary>The name a noun phrase ends with, in words of the sentence; empty if it ends with none.</summary>
    TokenRange NameIn(in Chunk noun)
    {
        var number = _words[noun.Head].Name;
        if (number < 0)
        {
            return default;
        }

        var name = _words.Names[number];
        return name.Start >= noun.CoreStart ? name : new TokenRange(noun.CoreStart, name.End - noun.CoreStart);
    }

    bool IsNamed(int i) => IsNoun(i) && _words[_chunks[i].Head].Name >= 0;

    /// <summary>"the county of Marle" is as good as a name.</summary>
    bool IsNamedWithOf(int i) => IsNamed(i) || (IsNoun(i) && _chunks[i].Of >= 0 && IsNamed(_chunks[i].Of));

    NounKind KindOf(int i) => _words[_chunks[i].Head].Noun is >= 0 and var row ? Lexicon.KindOf(row) : NounKind.None;

    bool CanBePerson(int i) => _words[_chunks[i].Head].Noun is >= 0 and var row && Lexicon.CanBePerson(row);

    /// <summary>Who or what a noun phrase means.</summary>
    /// <param name="i">The chunk.</param>
    /// <param name="withOf">Take what stands behind its "of" along.</param>
    /// <param name="preferred">Whom "his" means if it can: the subject of the clause.</param>
    Party PartyOf(int i, bool withOf = true, int preferred = Discourse.None)
    {
        ref var noun = ref _chunks[i];
        if (noun.Kind != ChunkKind.Noun || noun.IsNone || !(_words[noun.Head].IsNominal || _words[noun.Head].Tag == Tag.Pronoun || _words[noun.Head].Name >= 0))
        {
            return Nobody;
        }

        if (_words[noun.Start].Tag == Tag.Pronoun && noun.End == noun.Start + 1)
        {
            return PartyOfPronoun(_words[noun.Start].Word, preferred);
        }

        var name = NameIn(noun);
        if (name.Count > 0 && noun.OwnerEnd == 0)
        {
            return PartyOfName(name);
        }

        if (name.Count > 0 && !IsKinOrLower(noun, name))
        {
            name = default;
        }

        return name.Count > 0 ? PartyOfName(name) : PartyOfPhrase(i, withOf, preferred);
    }

    /// <summary>"my sister Petra" is Petra; "Oslo's Grand Hotel" is not only a name.</summary>
    bool IsKinOrLower(in Chunk noun, TokenRange name) => name.Start > noun.CoreStart || _words[noun.OwnerStart].Tag == Tag.Possessive;

    Party PartyOfPronoun(Word pronoun, int preferred, bool isOwner = false)
    {
        switch (pronoun)
        {
            case Word.I:
                return Speaker(_source.Speaker);
            case Word.You:
                return Speaker(_source.Listener);
            case Word.He or Word.She or Word.It or Word.They:
                var known = _discourse.Resolve(pronoun, _sentence, preferred, isOwner);
                return known == Discourse.None ? Nobody : new Party(_discourse[known].Text, known, _discourse[known].Type, true, _discourse[known].IsNamed);
            default:
                return Nobody;
        }
    }

    static Party Speaker(string? name) => new(name, Discourse.None, EntityType.Person, false, true);

    Party PartyOfName(TokenRange name)
    {
        var start = name.Start;
        while (start < name.End - 1 && ClosedWords.IsHonorific(_words.Folded(start)) && _words.Is(start + 1, TokenMarks.Capital))
        {
            start++;
        }

        var type = start > name.Start ? EntityType.Person : EntityType.Unknown;
        var known = _discourse.Find(new TokenRange(start + _firstToken, name.End - start), _textOf, type);
        return new Party(_words.Written(start, name.End).ToString(), known, known == Discourse.None ? type : _discourse[known].Type, false, true);
    }

    Party PartyOfPhrase(int i, bool withOf, int preferred)
    {
        ref var noun = ref _chunks[i];
        var end = withOf ? _chunks[BehindOf(i) - 1].End : noun.End;
        if (withOf && HasPronoun(noun.End, end))
        {
            return Nobody;
        }

        var text = _words.Written(noun.CoreStart, end).ToString();
        var isPointedAt = false;
        if (noun.OwnerEnd > noun.OwnerStart)
        {
            var owner = OwnerOf(i, preferred);
            if (owner.Text is null)
            {
                return Nobody;
            }

            text = $"{owner.Text}'s {text}";
            isPointedAt = owner.IsPointedAt;
        }

        var type = CanBePerson(i) && KindOf(i) is NounKind.Person or NounKind.None ? EntityType.Person
            : KindOf(i) == NounKind.Group || _words[noun.Head].IsPlural ? EntityType.Group : EntityType.Thing;
        var known = _discourse.Find(new TokenRange(noun.CoreStart + _firstToken, noun.End - noun.CoreStart), _textOf, type, isNamed: false);
        return new Party(text, known, type, isPointedAt, false);
    }

    bool HasPronoun(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_words[i].Tag is Tag.Pronoun or Tag.Possessive)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The owner in "Ada's sister" and "her sister".</summary>
    Party OwnerOf(int i, int preferred = Discourse.None)
    {
        ref var noun = ref _chunks[i];
        if (noun.OwnerEnd <= noun.OwnerStart)
        {
            return Nobody;
        }

        if (_words[noun.OwnerStart].Tag == Tag.Possessive && noun.OwnerEnd == noun.OwnerStart + 1)
        {
            return PartyOfPronoun(_words[noun.OwnerStart].Word, preferred, isOwner: true);
        }

        var last = _words[noun.OwnerEnd - 1].Name;
        if (last >= 0 && _words.Names[last].Start >= noun.OwnerStart)
        {
            return PartyOfName(new TokenRange(_words.Names[last].Start, noun.OwnerEnd - _words.Names[last].Start));
        }

        if (_words[noun.OwnerStart].Tag == Tag.Possessive)
        {
            // "my boyfriend's name": the owner has an owner.
            var first = PartyOfPronoun(_words[noun.OwnerStart].Word, preferred, isOwner: true);
            return first.Text is null ? Nobody : new Party(
                $"{first.Text}'s {_words.Written(noun.OwnerStart + 1, noun.OwnerEnd)}", Discourse.None, EntityType.Unknown, first.IsPointedAt, false);
        }

        return new Party(_words.Written(noun.OwnerStart, noun.OwnerEnd).ToString(), Discourse.None, EntityType.Unknown, false, false);
    }

    void NoteSubjects()
    {
        if (_subjects.Count != 1)
        {
            return;
        }

        ref var noun = ref _chunks[_subjects[0]];
        if (_words[noun.Start].Tag == Tag.Pronoun && _words[noun.Start].Word is Word.None or Word.This or Word.I or Word.You)
        {
            return;
        }

        _discourse.NoteSubject(PartyOf(_subjects[0]).Known, _sentence);
    }

    /// <summary>The words of a phrase without its article or owner: what an object "is".</summary>
    string CoreText(int i, bool withOf)
    {
        ref var noun = ref _chunks[i];
        return _words.Written(noun.CoreStart, withOf ? _chunks[BehindOf(i) - 1].End : noun.End).ToString();
    }

    /// <summary>Months and days without the preposition or article before them.</summary>
    string TimeText(int i)
    {
        var time = TimeAt(i);
        var text = _words.Text(time.Text);
        foreach (var lead in (ReadOnlySpan<string>)["in ", "on ", "the ", "since ", "until ", "from "])
        {
            if (text.StartsWith(lead, StringComparison.OrdinalIgnoreCase))
            {
                text = text[lead.Length..];
            }
        }

        return text.ToString();
    }

    TimeExpression TimeAt(int chunk) => _words.Times[_words[_chunks[chunk].Start].Time];
}
