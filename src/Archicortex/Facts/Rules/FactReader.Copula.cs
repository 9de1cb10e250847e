using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>What "is" says: kinds, roles, kin, places, ages, attributes.</summary>
sealed partial class FactReader
{
    /// <summary>Nouns that say how something is found, not what it is.</summary>
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Vague = FrozenSet.ToFrozenSet(
        ("lot bit thing way time idea reason problem example result case pleasure honor honour shame mess blast joy delight part "
        + "number series set kind sort type form fan chance matter moment fact question answer point step start end success "
        + "failure surprise relief challenge experience dream goal plan day night week month year hit help bummer beauty pain "
        + "member subject source addition kid child baby teen teenager reminder cause one ones something variety majority lead").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Kin = Pairs(
        "mother father parent son daughter child grandmother grandfather grandson granddaughter uncle aunt cousin nephew niece boss "
        + "colleague neighbor=kin:neighbour neighbour mentor student=kin:student teacher=kin:teacher mom=kin:mother mum=kin:mother dad=kin:father "
        + "sister=kin:sibling brother=kin:sibling sibling=kin:sibling twin=kin:sibling friend=kin:friend grandma=kin:grandmother "
        + "grandpa=kin:grandfather kid=kin:child wife=partner:married husband=partner:married spouse=partner:married "
        + "fiance=partner:engaged fiancee=partner:engaged girlfriend=partner:dating boyfriend=partner:dating partner=partner:dating", "kin:");

    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Attributes = Pairs(
        "name=is_named age=age founder=founded_by author=written_by inventor=invented_by composer=composed_by creator=created_by "
        + "publisher=published_by designer=designed_by architect=designed_by job=has_role occupation=has_role profession=has_role "
        + "capital=capital_of member=member_of part=part_of birthplace=born_in birthday=attribute:birthday birthdate=born_on "
        + "email=attribute:email mail=attribute:email phone=attribute:phone address=attribute:address status=attribute:status "
        + "cofounder=founded_by discoverer=discovered_by screenwriter=written_by songwriter=written_by", "attribute:");

    static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Pairs(string table, string prefix) => table.Split(' ')
        .Select(item => item.Split('='))
        .ToFrozenDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : prefix + parts[0], StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    bool IsKin(int chunk) => Kin.ContainsKey(NounName(chunk));

    /// <summary>The singular of a noun, if it is a word.</summary>
    ReadOnlySpan<char> NounName(int chunk)
    {
        var head = _chunks[chunk].Head;
        return _words[head] is { IsPlural: true, Noun: >= 0 } token ? Lexicon.Word(token.Noun) : _words.Folded(head);
    }

    bool ReadCopula(int v, int subjectChunk, Manner manner)
    {
        if (_adjective < 0 && _objects.Count == 0)
        {
            return ReadPlaceOrDay(subjectChunk, manner);
        }

        var subject = PartyOf(subjectChunk);
        if (_adjective >= 0)
        {
            return ReadAdjective(subject, manner);
        }

        ref var owned = ref _chunks[subjectChunk];
        if (_words[owned.Start].Tag != Tag.Pronoun && !IsNamed(subjectChunk) && ReadAttributeSubject(subjectChunk, _objects[0], manner))
        {
            return true;
        }

        return ReadKinds(subjectChunk, subject, manner) && v >= 0;
    }

    /// <summary>"is allergic to walnuts", "is 34 years old".</summary>
    bool ReadAdjective(in Party subject, in Manner manner)
    {
        var word = _words.Folded(_chunks[_adjective].End - 1);
        if (word is "old" && _objects.Count == 1 && _words.Folded(_chunks[_objects[0]].Head) is "years" or "year")
        {
            Emit(subject, "age", _words.Written(_chunks[_objects[0]].Start, _chunks[_objects[0]].Start + 1).ToString(), FactRule.Typed, Typed, manner);
            return true;
        }

        var found = false;
        foreach (var argument in _arguments)
        {
            if (word is "allergic" && argument.Preposition == Word.To && IsNoun(argument.Chunk))
            {
                Emit(subject, "allergic_to", PartyOf(argument.Chunk), FactRule.Typed, Typed, manner);
                found = true;
            }
        }

        return found;
    }

    /// <summary>"Tarn is in Norway", "my birthday is on 3 August".</summary>
    bool ReadPlaceOrDay(int subjectChunk, in Manner manner)
    {
        if (_arguments.Count == 0)
        {
            return false;
        }

        var (preposition, _, chunk) = _arguments[0];
        if (_chunks[chunk].Kind == ChunkKind.Time)
        {
            var owner = OwnerOf(subjectChunk);
            if (owner.Text is null || !Attributes.TryGetValue(NounName(subjectChunk), out var relation))
            {
                return false;
            }

            Emit(owner, relation, TimeText(chunk), FactRule.Typed, Typed, manner);
            return true;
        }

        var subject = PartyOf(subjectChunk);
        if (preposition is not (Word.In or Word.Near) || !IsNamed(chunk) || subject.Type == EntityType.Person || !IsNamed(subjectChunk))
        {
            return false;
        }

        Emit(subject, "located_in", PartyOf(chunk), FactRule.Typed, Typed, manner);
        return true;
    }

    /// <summary>"the capital of Norway is Oslo", "her husband was Peter", "my favourite colour is green".</summary>
    bool ReadAttributeSubject(int subjectChunk, int valueChunk, in Manner manner)
    {
        ref var noun = ref _chunks[subjectChunk];
        var owner = noun.OwnerEnd > noun.OwnerStart ? OwnerOf(subjectChunk)
            : noun.Of >= 0 && !noun.IsIndefinite ? PartyOf(noun.Of) : Nobody;
        if (owner.Text is null)
        {
            return false;
        }

        ref var value = ref _chunks[valueChunk];
        if (value.IsIndefinite && !IsNamed(valueChunk) && (CanBePerson(subjectChunk) || IsKin(subjectChunk)))
        {
            // "my sister is a nurse" tells what she is, not who.
            return false;
        }

        var favourite = _words.Folded(noun.CoreStart) is "favourite" or "favorite" && noun.Head > noun.CoreStart;
        if (favourite)
        {
            var what = string.Join('_', Enumerable.Range(noun.CoreStart + 1, noun.Head - noun.CoreStart).Select(i => _words.Folded(i).ToString()));
            Emit(owner, "favourite:" + what, CoreText(valueChunk, withOf: true), FactRule.Typed, Typed, manner);
            return true;
        }

        EmitAttribute(subjectChunk, owner, valueChunk, manner);
        return true;
    }

    void EmitAttribute(int nounChunk, in Party owner, int valueChunk, in Manner manner)
    {
        var name = AttributeName(nounChunk);
        if (name is "name")
        {
            EmitName(owner, valueChunk, manner);
            return;
        }

        var head = NounName(nounChunk);
        if (Kin.TryGetValue(head, out var kin))
        {
            Emit(owner, kin, PartyOf(valueChunk), FactRule.Typed, Typed, manner);
            return;
        }

        var isKnown = Attributes.TryGetValue(name is "phone_number" ? "phone" : name is "email_address" ? "email" : name, out var relation);
        relation = isKnown ? relation! : "attribute:" + name;
        var value = relation is "attribute:email" or "attribute:phone" ? new Party(RawValue(valueChunk), Discourse.None, EntityType.Thing, false, false)
            : PartyOf(valueChunk);
        if (relation is "capital_of" or "member_of" or "part_of")
        {
            Emit(value, relation, owner, FactRule.Typed, Typed, manner);
            return;
        }

        if (isKnown || ((IsNamed(valueChunk) || _words[_chunks[valueChunk].Start].Tag == Tag.Number) && (owner.IsNamed || CanBePerson(nounChunk))))
        {
            Emit(owner, relation, value, isKnown ? FactRule.Typed : FactRule.Nominal, isKnown ? Typed : Nominal, manner);
        }
    }

    /// <summary>"my dog's name is Biscuit"; of "my boyfriend's name" the owner has a name of its own: the kin it says.</summary>
    void EmitName(in Party owner, int valueChunk, in Manner manner)
    {
        var value = CoreText(valueChunk, withOf: false);
        if (owner.Text is not { } text)
        {
            return;
        }

        var mark = text.LastIndexOf("'s ", StringComparison.Ordinal);
        if (mark > 0 && Kin.TryGetValue(text.AsSpan(mark + 3), out var kin))
        {
            Emit(owner with { Text = text[..mark] }, kin, value, FactRule.Typed, Typed, manner);
            return;
        }

        Emit(owner, "is_named", value, FactRule.Typed, Typed, manner);
    }

    /// <summary>A mail address or a number: up to the next white space.</summary>
    string RawValue(int chunk)
    {
        var text = _words.TextFrom(_chunks[chunk].Start);
        var space = text.IndexOf(' ');
        return (space < 0 ? text : text[..space]).TrimEnd(".,;:!?)").ToString();
    }

    /// <summary>"vice president" as "vice_president": the nouns of a phrase.</summary>
    string AttributeName(int chunk)
    {
        ref var noun = ref _chunks[chunk];
        var start = noun.Head;
        while (start > noun.CoreStart && _words[start - 1].Tag == Tag.Noun)
        {
            start--;
        }

        var name = NounName(chunk).ToString();
        for (var i = noun.Head - 1; i >= start; i--)
        {
            name = $"{_words.Folded(i)}_{name}";
        }

        return name;
    }

    /// <summary>"is a nurse", "is the capital of Norway", "is Ada's sister".</summary>
    bool ReadKinds(int subjectChunk, in Party subject, in Manner manner)
    {
        var found = false;
        if (_objects.Count == 0)
        {
            return false;
        }

        ref var first = ref _chunks[_objects[0]];
        var isKinds = _words[first.Start].Word == Word.A || _words[first.Head].IsPlural || first.Start < first.CoreStart || first.OwnerEnd > 0 || first.Of >= 0;
        foreach (var chunk in _objects)
        {
            found |= isKinds && ReadKind(subjectChunk, subject, chunk, manner);
        }

        return found;
    }

    bool ReadKind(int subjectChunk, in Party subject, int chunk, Manner manner)
    {
        ref var noun = ref _chunks[chunk];
        if (_words[noun.Start].Tag is Tag.Pronoun or Tag.Number || (subject.IsPointedAt && _source.Speaker is not null && subject.Type != EntityType.Person))
        {
            return false;
        }

        var head = NounName(chunk);
        if (noun.Of >= 0 && (head is "member" or "part" || (IsKin(chunk) && IsNamed(noun.Of)) || (!noun.IsIndefinite && !IsNamed(chunk)) || head is "capital"))
        {
            var whole = PartyOf(WholeOf(noun.Of), withOf: true, subject.Known);
            return EmitRelative(chunk, whole, subject, manner);
        }

        if (noun.OwnerEnd > noun.OwnerStart && !IsNamed(chunk))
        {
            return EmitRelative(chunk, OwnerOf(chunk, subject.Known), subject, manner);
        }

        if (head is "group" or "collection" or "pair" or "list" && noun.Of >= 0)
        {
            return false;
        }

        if (IsNamed(chunk) || !noun.IsIndefinite || !IsKindOf(subjectChunk, subject, chunk))
        {
            return head is "fan" && ReadFan(subject, noun, manner);
        }

        Emit(subject, "is_a", new Party(CoreText(chunk, withOf: head is "type"
            or "species"), Discourse.None, EntityType.Unknown, false, false), FactRule.Typed, Typed, manner);
        NoteKind(subject, chunk);
        ReadKindPlace(subject, chunk, manner);
        return true;
    }

    /// <summary>"of actor and entertainer Otto Graf": the name at the end.</summary>
    int WholeOf(int of) => !IsNamed(of) && IsKind(of + 1, ChunkKind.And) && IsNamed(of + 2) ? of + 2 : of;

    bool ReadFan(in Party subject, in Chunk noun, in Manner manner)
    {
        if (noun.Of < 0)
        {
            return false;
        }

        Emit(subject, "likes", PartyOf(noun.Of), FactRule.Typed, Typed, manner);
        return true;
    }

    bool EmitRelative(int chunk, in Party whole, in Party subject, in Manner manner)
    {
        if (whole.Text is null || subject.Text is null)
        {
            return false;
        }

        var head = NounName(chunk);
        if (Kin.TryGetValue(head, out var kin))
        {
            Emit(whole, kin, subject, FactRule.Typed, Typed, manner);
            return true;
        }

        var name = AttributeName(chunk);
        var isKnown = Attributes.TryGetValue(head is "capital" or "member" or "part" ? head : name, out var relation);
        if (relation is "capital_of" or "member_of" or "part_of")
        {
            if (whole.Text.EndsWith("life", StringComparison.Ordinal))
            {
                return false;
            }

            Emit(subject, relation, whole, FactRule.Typed, Typed, manner);
        }
        else if (isKnown || (CanBePerson(chunk) && subject.IsNamed && whole.IsNamed))
        {
            Emit(whole, relation ?? "attribute:" + name, subject, isKnown ? FactRule.Typed : FactRule.Nominal, isKnown ? Typed : Nominal, manner);
        }
        else
        {
            return false;
        }

        return true;
    }

    bool IsKindOf(int subjectChunk, in Party subject, int chunk)
    {
        if (Vague.Contains(NounName(chunk)) || (!subject.IsNamed && _chunks[subjectChunk].IsIndefinite)
            || KindOf(chunk) is NounKind.Feeling or NounKind.Quantity or NounKind.Motive)
        {
            return false;
        }

        var isPerson = CanBePerson(chunk);
        return subject.Type == EntityType.Person ? isPerson
            : subject.IsNamed || (isPerson && CanBePerson(subjectChunk))
            || KindOf(chunk) is NounKind.Artifact or NounKind.Animal or NounKind.Group or NounKind.Location;
    }

    void NoteKind(in Party subject, int chunk)
    {
        if (subject.Known == Discourse.None || _discourse[subject.Known].Type is not (EntityType.Unknown or EntityType.Thing))
        {
            return;
        }

        _discourse[subject.Known].Type = KindOf(chunk) switch
        {
            NounKind.Person => EntityType.Person,
            NounKind.Group => EntityType.Group,
            _ => CanBePerson(chunk) ? EntityType.Person : EntityType.Thing,
        };
    }

    /// <summary>"is a village in Norway", "is a song by Ada".</summary>
    void ReadKindPlace(in Party subject, int chunk, in Manner manner)
    {
        foreach (var argument in _arguments)
        {
            if (!IsNamedWithOf(argument.Chunk) || argument.PrepositionChunk != chunk + 1)
            {
                continue;
            }

            if (argument.Preposition is Word.In or Word.Near or Word.On && !CanBePerson(chunk)
                && KindOf(chunk) is NounKind.Location or NounKind.Group or NounKind.Artifact or NounKind.Object)
            {
                Emit(subject, "located_in", PartyOf(IsNamed(argument.Chunk) ? argument.Chunk : _chunks[argument.Chunk].Of), FactRule.Typed, Typed, manner);
            }
            else if (argument.Preposition == Word.By && ByRelation(NounName(chunk)) is { } relation)
            {
                Emit(subject, relation, PartyOf(argument.Chunk), FactRule.Typed, Typed, manner);
            }
        }
    }

    static string? ByRelation(ReadOnlySpan<char> work) => work switch
    {
        "song" or "album" or "single" or "track" or "ep" => "performed_by",
        "novel" or "book" or "poem" or "play" or "story" or "essay" or "memoir" => "written_by",
        "painting" or "fresco" => "painted_by",
        "opera" or "symphony" or "ballet" or "sonata" => "composed_by",
        _ => null,
    };
}
