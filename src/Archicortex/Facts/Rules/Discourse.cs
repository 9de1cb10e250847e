using System.Collections.Frozen;
using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Remembers what a passage has spoken of, and says whom "she" means, or that it cannot tell.</summary>
/// <remarks>
/// A pronoun means the one compatible subject of this and the two sentences before, the title's subject included in the
/// opening. Two candidates: nobody, because a wrong fact is worse than none. At most 48 entities a passage.
/// </remarks>
sealed class Discourse
{
    public const int None = -1;

    const int EntitiesMax = 48;
    const int Reach = 2;
    const int Never = int.MinValue / 2;

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ThingHeads = FrozenSet.ToFrozenSet(
        ("river lake island islands mountain mountains valley bay sea ocean street road avenue bridge park school college university institute "
        + "museum theatre theater station airport hospital cathedral castle building tower stadium arena records studios company "
        + "corporation foundation society association club band orchestra league union party city county district province "
        + "township airlines railway line war battle festival prize award awards championship cup film series song album "
        + "magazine journal newspaper press group works harbour harbor creek falls forest desert peninsula region").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    readonly KnownEntity[] _entities = new KnownEntity[EntitiesMax];
    TokenBuffer _buffer = new();
    int _count;
    int _topic;

    /// <summary>Starts a passage.</summary>
    public void Begin(PassageReading reading, string? title)
    {
        (_buffer, _count, _topic) = (reading.Buffer, 0, None);
        if (title is null || reading.TitleNames.Count == 0)
        {
            return;
        }

        var open = title.TrimEnd().EndsWith(')') ? title.LastIndexOf('(') : -1;
        var tokens = reading.TitleNames[open > 0 && reading.TitleNames.Count > 1 ? 1 : 0];
        var text = open > 0 ? title[..open] : title;
        _topic = Add(tokens, text.Trim(), EntityType.Unknown);
        if (open > 0)
        {
            NoteParenthesis(reading, tokens.End);
        }
    }

    public ref KnownEntity this[int entity] => ref _entities[entity];

    public bool IsTopic(int entity) => entity == _topic && entity != None;

    /// <summary>The entity a name means: one spoken of before under the same words, or its last or first ones; else a new one.</summary>
    public int Find(TokenRange tokens, Func<TokenRange, string> textOf, EntityType type, bool isNamed = true)
    {
        for (var i = 0; i < _count; i++)
        {
            if (IsSame(_entities[i].Tokens, tokens))
            {
                if (_entities[i].Type == EntityType.Unknown)
                {
                    _entities[i].Type = type;
                }

                return i;
            }
        }

        return _count < EntitiesMax ? Add(tokens, textOf(tokens), type, isNamed) : None;
    }

    /// <summary>Notes that an entity is what a sentence is about.</summary>
    public void NoteSubject(int entity, int sentence)
    {
        if (entity != None)
        {
            _entities[entity].LastSubject = sentence;
        }
    }

    public void NotePerson(int entity)
    {
        if (entity != None && _entities[entity].Type is EntityType.Unknown)
        {
            _entities[entity].Type = EntityType.Person;
        }
    }

    /// <summary>Whom a pronoun means.</summary>
    /// <param name="pronoun">He, she, it or they.</param>
    /// <param name="sentence">Where it stands.</param>
    /// <param name="preferred">The subject of its own clause, for "his" and "her"; or <see cref="None"/>.</param>
    /// <param name="isOwner">It owns a phrase: "her" in "her husband", who is none of those she can be.</param>
    public int Resolve(Word pronoun, int sentence, int preferred, bool isOwner)
    {
        if (preferred != None && IsCompatible(_entities[preferred], pronoun))
        {
            return Agree(preferred, pronoun);
        }

        var found = None;
        for (var i = 0; i < _count; i++)
        {
            ref var entity = ref _entities[i];
            var isNear = entity.LastSubject >= sentence - Reach || (i == _topic && (sentence <= Reach || entity.LastSubject >= sentence - Reach - 1));
            var isOwned = isOwner && !entity.IsNamed && entity.LastSubject == sentence;
            if (!isNear || isOwned || !IsCompatible(entity, pronoun))
            {
                continue;
            }

            if (found != None)
            {
                return None;
            }

            found = i;
        }

        return found == None ? None : Agree(found, pronoun);
    }

    int Agree(int entity, Word pronoun)
    {
        if (pronoun is Word.He or Word.She)
        {
            NotePerson(entity);
            _entities[entity].Gender = pronoun == Word.He ? Gender.Male : Gender.Female;
        }
        else if (pronoun == Word.It && _entities[entity].Type == EntityType.Unknown)
        {
            _entities[entity].Type = EntityType.Thing;
        }

        return entity;
    }

    static bool IsCompatible(in KnownEntity entity, Word pronoun) => pronoun switch
    {
        Word.He => entity.Type is EntityType.Person or EntityType.Unknown && entity.Gender != Gender.Female,
        Word.She => entity.Type is EntityType.Person or EntityType.Unknown && entity.Gender != Gender.Male,
        Word.It => entity.Type != EntityType.Person,
        Word.They => entity.Type == EntityType.Group,
        _ => false,
    };

    int Add(TokenRange tokens, string text, EntityType type, bool isNamed = true)
    {
        var first = tokens.Count > 0 ? _buffer.Folded(_buffer[tokens.Start]) : default;
        var gender = tokens.Count is > 0 and <= 4 ? FirstNames.GenderOf(first) : Gender.Unknown;
        if (type == EntityType.Unknown && gender != Gender.Unknown && !EndsAsThing(tokens))
        {
            type = EntityType.Person;
        }

        if (type == EntityType.Unknown && (EndsAsThing(tokens) || IsKnownPlace(tokens)))
        {
            type = EntityType.Thing;
        }

        _entities[_count] = new KnownEntity { Tokens = tokens, Text = text, IsNamed = isNamed, Type = type, Gender = gender, LastSubject = Never };
        return _count++;
    }

    bool IsKnownPlace(TokenRange tokens) =>
        Lexicon.Find(_buffer.Folded(_buffer[tokens.End - 1])) is >= 0 and var row && Lexicon.IsProper(row) && Lexicon.CanBePlace(row)
        && !Lexicon.CanBePerson(row);

    /// <summary>"Umber (band)": what stands in the parenthesis says what it is.</summary>
    void NoteParenthesis(PassageReading reading, int from)
    {
        for (var i = from; i < reading.Heading.End; i++)
        {
            var row = Lemmas.Noun(_buffer.Folded(_buffer[i]), out _);
            if (row >= 0 && _entities[_topic].Type == EntityType.Unknown)
            {
                _entities[_topic].Type = Lexicon.KindOf(row) switch
                {
                    NounKind.Person => EntityType.Person,
                    NounKind.Group => EntityType.Group,
                    _ => EntityType.Thing,
                };
            }
        }
    }

    /// <summary>"Harbour Guild", "Oslo University": the last word is a common noun and no person.</summary>
    bool EndsAsThing(TokenRange tokens)
    {
        var last = _buffer.Folded(_buffer[tokens.End - 1]);
        if (tokens.Count < 2 || last is "inc" or "ltd" or "corp" or "co")
        {
            return tokens.Count > 1;
        }

        // People are called Stone, Wood and Stern: of the things, only what is hardly ever a surname counts.
        var row = Lemmas.Noun(last, out _);
        return ThingHeads.Contains(last)
            || (row >= 0 && !Lexicon.IsProper(row) && !Lexicon.CanBePerson(row) && Lexicon.Weight(row, WordPart.Noun) > 2
            && Lexicon.KindOf(row) == NounKind.Group);
    }

    bool IsSame(TokenRange known, TokenRange name)
    {
        var (longer, shorter) = known.Count >= name.Count ? (known, name) : (name, known);
        return Matches(longer.End - shorter.Count, shorter)
            || (shorter.Count == 1 && longer.Count > 1 && FirstNames.Contains(Folded(shorter.Start)) && Matches(longer.Start, shorter));
    }

    bool Matches(int start, TokenRange tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!Folded(start + i).SequenceEqual(Folded(tokens.Start + i)))
            {
                return false;
            }
        }

        return tokens.Count > 0;
    }

    ReadOnlySpan<char> Folded(int token) => _buffer.Folded(_buffer[token]);
}
