using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>A noun beside a noun: "Ada, a nurse", "Ada (1815 – 1852)", "my sister Petra".</summary>
sealed partial class FactReader
{
    const int AcronymMax = 8;

    void ReadNominal()
    {
        for (var i = 0; i < _chunks.Count; i++)
        {
            if (!IsNoun(i) || !IsNamed(i))
            {
                continue;
            }

            if (_chunks[i].OwnerEnd > _chunks[i].OwnerStart)
            {
                ReadOwnedName(i);
            }
            else if (IsKind(i + 1, ChunkKind.Open))
            {
                ReadParenthesis(i, i == 2 && IsKind(1, ChunkKind.Comma) && IsNamed(0) ? 0 : i);
            }
            else if (IsPlaceChain(i))
            {
                Emit(PartyOf(i), "located_in", PartyOf(i + 2), FactRule.Nominal, Nominal, NominalManner(i));
            }
            else if (IsKind(i + 1, ChunkKind.Comma) && IsNoun(i + 2))
            {
                ReadApposition(i, i + 2);
            }
        }

        ReadOwnedAppositions();
    }

    /// <summary>"in Tarn County, Idaho, United States": each lies in the next. A list of places ends in "and".</summary>
    bool IsPlaceChain(int i) => IsKind(i + 1, ChunkKind.Comma) && IsNamed(i + 2) && IsKnownPlace(i + 2) && PartyOf(i).Type != EntityType.Person
        && (PrepositionAt(i - 1) is Word.In or Word.At or Word.Near or Word.From or Word.Of || (IsKind(i - 1, ChunkKind.Comma) && IsPlaceChain(i - 2)))
        && !StartsClause(i + 2) && !IsKind(i + 3, ChunkKind.And)
        && !(IsKind(i + 3, ChunkKind.Comma) && (IsKind(i + 4, ChunkKind.And) || IsKind(i + 5, ChunkKind.And)));

    bool IsKnownPlace(int i)
    {
        var word = _words.Folded(_chunks[i].Head);
        return word is "states" or "kingdom" || (Lexicon.Find(word) is >= 0 and var row && Lexicon.IsProper(row) && Lexicon.CanBePlace(row));
    }

    Manner NominalManner(int i) => new() { IsQuoted = _chunks[i].IsQuoted };

    /// <summary>"my sister Petra", "Ada's husband John".</summary>
    void ReadOwnedName(int i)
    {
        ref var noun = ref _chunks[i];
        var name = _words.Names[_words[noun.Head].Name];
        if (name.Start != noun.CoreStart + 1 || !Kin.TryGetValue(_words.Folded(noun.CoreStart), out var kin))
        {
            return;
        }

        Emit(OwnerOf(i), kin, PartyOfName(name), FactRule.Nominal, Nominal, NominalManner(i));
    }

    /// <summary>"her husband, John Quay, …": the kin before, the name behind.</summary>
    void ReadOwnedAppositions()
    {
        for (var i = 0; i + 2 < _chunks.Count; i++)
        {
            if (IsNoun(i) && !IsNamed(i) && _chunks[i].OwnerEnd > _chunks[i].OwnerStart && IsKind(i + 1, ChunkKind.Comma) && IsNamed(i + 2)
                && EndsApposition(i + 3) && Kin.TryGetValue(NounName(i), out var kin))
            {
                Emit(OwnerOf(i), kin, PartyOf(i + 2), FactRule.Nominal, Nominal, NominalManner(i));
            }
        }
    }

    bool EndsApposition(int i) => i >= _chunks.Count
        || (_chunks[i].Kind is ChunkKind.Comma or ChunkKind.Close or ChunkKind.Clause && !IsKind(i + 1, ChunkKind.And) && !(IsKind(i, ChunkKind.Comma)
        && IsNoun(i + 1) && IsKind(i + 2, ChunkKind.And)));

    void ReadApposition(int i, int other)
    {
        ref var noun = ref _chunks[other];
        var end = BehindOf(other);
        while (IsKind(end, ChunkKind.Preposition) && IsNoun(end + 1))
        {
            end = BehindOf(end + 1);
        }

        if (IsNamed(other) || !EndsApposition(end) || IsKind(i - 1, ChunkKind.And) || IsKind(i - 1, ChunkKind.Comma)
            || _words[noun.Start].Tag is Tag.Pronoun or Tag.Number)
        {
            return;
        }

        var party = PartyOf(i);
        var manner = NominalManner(i);
        if (noun.IsIndefinite && noun.CoreStart > noun.Start && IsKindOf(i, party, other))
        {
            Emit(party, "is_a", CoreText(other, withOf: false), FactRule.Nominal, Nominal, manner);
            NoteKind(party, other);
        }
        else if (noun.Of >= 0 && !noun.IsIndefinite && NounName(other) is { } head && (Kin.ContainsKey(head) || CanBePerson(other)
            || Attributes.ContainsKey(head)))
        {
            EmitNominal(other, PartyOf(WholeOf(noun.Of), withOf: true, party.Known), party, manner);
        }
        else if (noun.OwnerEnd > noun.OwnerStart && IsKin(other))
        {
            EmitNominal(other, OwnerOf(other, party.Known), party, manner);
        }
    }

    void EmitNominal(int chunk, in Party whole, in Party party, in Manner manner)
    {
        var head = NounName(chunk);
        if (!Kin.TryGetValue(head, out var relation) && !Attributes.TryGetValue(head, out relation))
        {
            relation = "attribute:" + AttributeName(chunk);
        }

        var turned = relation is "capital_of" or "member_of" or "part_of";
        Emit(turned ? party : whole, relation, turned ? whole : party, FactRule.Nominal, Nominal, manner);
    }

    /// <summary>Dates of a life, a shorter name, or where a place lies.</summary>
    void ReadParenthesis(int i, int subject)
    {
        var party = PartyOf(subject);
        var first = i + 2;
        var manner = NominalManner(i);
        if (IsAcronym(first, i))
        {
            Emit(party, "also_known_as", CoreText(first, withOf: false), FactRule.Nominal, Nominal, manner);
            return;
        }

        if (party.Type is EntityType.Group or EntityType.Thing)
        {
            return;
        }

        manner.IsEvent = true;
        var births = 0;
        for (var at = first; at < _chunks.Count && _chunks[at].Kind != ChunkKind.Close; at++)
        {
            if (_chunks[at].Kind != ChunkKind.Time)
            {
                continue;
            }

            if (births == 0 && (IsBirth(i, at) || IsSpan(at)))
            {
                births++;
                manner.Time = TimeAt(at);
                Emit(party, "born_on", TimeText(at), FactRule.Typed, Typed, manner);
                _discourse.NotePerson(party.Known);
            }
            else if (births == 1 && IsKind(at - 1, ChunkKind.Clause))
            {
                births++;
                manner.Time = TimeAt(at);
                Emit(party, "died_on", TimeText(at), FactRule.Typed, Typed, manner);
            }
        }
    }

    bool IsBirth(int from, int time)
    {
        for (var i = _chunks[from].End; i < _chunks[time].Start; i++)
        {
            if (_words.Folded(i) is "born")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A day, a dash, a day: nobody but a person is dated like that; years alone may be anything's.</summary>
    bool IsSpan(int time) => IsKind(time + 1, ChunkKind.Clause) && IsKind(time + 2, ChunkKind.Time) && TimeAt(time).Granularity == TimeGranularity.Day;

    bool IsAcronym(int chunk, int name)
    {
        if (!IsNoun(chunk) || !IsKind(chunk + 1, ChunkKind.Close) && chunk + 1 != _chunks.Count)
        {
            return false;
        }

        ref var noun = ref _chunks[chunk];
        var letters = _words.Written(noun.Start, noun.End);
        if (noun.End != noun.Start + 1 || letters.Length is < 2 or > AcronymMax || !char.IsUpper(letters[^1]) || !_words.Is(noun.Start, TokenMarks.Capital))
        {
            return false;
        }

        // Its letters stand, in order, at the start of the name's words.
        var at = 0;
        for (var i = _chunks[name].Start; i < _chunks[name].End && at < letters.Length; i++)
        {
            at += char.ToLowerInvariant(letters[at]) == _words.Folded(i)[0] ? 1 : 0;
        }

        return at == letters.Length;
    }
}
