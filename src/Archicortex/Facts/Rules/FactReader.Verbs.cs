using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>The typed patterns of verbs: the table of <see cref="VerbRules"/>.</summary>
sealed partial class FactReader
{
    void ReadVerb(int v)
    {
        ref var verb = ref _chunks[v];
        if (IsSpeech(v) && ReadSpeech(v))
        {
            return;
        }

        if (!verb.IsPast && _subjects.Count > 0 && IsKind(_subjects[0] - 1, ChunkKind.Clause)
            && _words.Folded(_chunks[_subjects[0] - 1].Start) is "when" or "once" or "until")
        {
            // "when I have kids": not yet.
            return;
        }

        var manner = MannerOf(v);
        if (ReadPlan(v, manner))
        {
            return;
        }

        if (verb.IsHypothetical)
        {
            return;
        }

        var found = false;
        foreach (var subject in _subjects)
        {
            found |= verb.IsCopula ? ReadCopula(v, subject, manner) : ReadDoing(v, subject, manner) | ApplyRules(v, subject, manner);
        }

        if (!found)
        {
            ReadGeneric(v, manner);
        }
    }

    Manner MannerOf(int v)
    {
        ref var verb = ref _chunks[v];
        var manner = new Manner
        {
            IsNegated = verb.IsNegated || verb.IsUsedTo,
            IsClosing = verb.IsNoLonger || verb.IsUsedTo || (verb.IsNegated && HasAnymore(v)),
            IsHedged = verb.IsHedged || _saysDoubt,
            IsQuoted = verb.IsQuoted,
            IsPast = verb.IsPast && !verb.IsPerfect,
            IsBeginning = verb.IsGot,
            Hops = _hops,
            Source = _speakerOf,
        };
        FindTime(v, ref manner);
        return manner;
    }

    bool HasAnymore(int v)
    {
        for (var i = _chunks[v].End; i < _words.Count && (i == _chunks[v].End || (_words[i].Gap & Gap.Stop) == 0); i++)
        {
            if (_words.Folded(i) is "anymore" or "longer" || (_words.Folded(i) is "more" && i > 0 && _words.Folded(i - 1) is "any"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The time behind the verb; failing that, the one its statement opens with.</summary>
    void FindTime(int v, ref Manner manner)
    {
        foreach (var argument in _arguments)
        {
            if (_chunks[argument.Chunk].Kind == ChunkKind.Time)
            {
                (manner.Time, manner.TimePreposition) = (TimeAt(argument.Chunk), argument.Preposition);
                return;
            }
        }

        for (var i = 0; i <= 1 && i < v; i++)
        {
            if (_chunks[i].Kind == ChunkKind.Time)
            {
                (manner.Time, manner.TimePreposition) = (TimeAt(i), PrepositionAt(i - 1));
            }
        }
    }

    bool ApplyRules(int v, int subjectChunk, Manner manner)
    {
        ref var verb = ref _chunks[v];
        if (VerbRules.Of(verb.Verb) is not { } rules)
        {
            return false;
        }

        var found = false;
        var subject = PartyOf(subjectChunk);
        foreach (var rule in rules)
        {
            var particle = verb.Particle >= 0 ? _words[verb.Particle].Word : Word.None;
            if (rule.Particle != particle || (Has(rule, RuleMarks.Passive) && !verb.IsPassive) || (Has(rule, RuleMarks.Progressive) && !verb.IsProgressive)
                || (Has(rule, RuleMarks.ByPerson) && !CanAct(subject, subjectChunk) && (!verb.IsPassive || rule.Slot != Slot.Object
                || Has(rule, RuleMarks.Passive))) || (Has(rule, RuleMarks.ByThing) && subject.Type == EntityType.Person)
                || (Has(rule, RuleMarks.Closes) && !HasEnded(verb, manner)))
            {
                continue;
            }

            found |= Apply(rule, v, subjectChunk, subject, manner);
        }

        return found;
    }

    /// <summary>"She sold it" ends that she has it; "the shop sells tea" and "she did not sell it" end nothing.</summary>
    bool HasEnded(in Chunk verb, in Manner manner) =>
        !manner.IsNegated && (verb.IsPast || verb.IsPerfect || _words[verb.Head].VerbForm == WordForm.Past || verb.Shape != VerbShape.Finite);

    static bool Has(VerbRule rule, RuleMarks mark) => (rule.Marks & mark) != 0;

    bool CanAct(in Party party, int chunk) => party.Type == EntityType.Person || (party.IsNamed && party.Type == EntityType.Unknown)
        || (!party.IsNamed && KindOf(chunk) == NounKind.Person);

    bool Apply(VerbRule rule, int v, int subjectChunk, in Party subject, Manner manner)
    {
        manner.IsEvent = Has(rule, RuleMarks.Event);
        if (Has(rule, RuleMarks.Closes) && !manner.IsNegated)
        {
            (manner.IsClosing, manner.IsNegated) = (true, true);
        }
        else if (Has(rule, RuleMarks.Negates))
        {
            manner.IsNegated = !manner.IsNegated;
        }

        return rule.Slot switch
        {
            Slot.Time => ApplyTime(rule, subjectChunk, subject, manner),
            Slot.Preposition => ApplyPreposition(rule, subjectChunk, subject, manner),
            Slot.Object when Has(rule, RuleMarks.Passive) => ApplyObjects(rule, v, subject, manner),
            _ when _chunks[v].IsPassive => ApplyPassive(rule, subjectChunk, subject, manner),
            _ => ApplyObjects(rule, v, subject, manner),
        };
    }

    bool ApplyTime(VerbRule rule, int subjectChunk, in Party subject, in Manner manner)
    {
        foreach (var argument in _arguments)
        {
            if (_chunks[argument.Chunk].Kind == ChunkKind.Time && argument.Preposition is Word.In or Word.On or Word.None or Word.At
                && IsExplicitTime(argument.Chunk) && IsDefinite(subjectChunk))
            {
                Emit(subject, rule.Relation, TimeText(argument.Chunk), FactRule.Typed, Typed, manner);
                return true;
            }
        }

        return false;
    }

    bool IsExplicitTime(int chunk)
    {
        for (var i = _chunks[chunk].Start; i < _chunks[chunk].End; i++)
        {
            if (_words.Is(i, TokenMarks.Number) || char.IsAsciiDigit(_words.Folded(i)[0]))
            {
                return true;
            }
        }

        return _source.Time is not null;
    }

    bool ApplyPreposition(VerbRule rule, int subjectChunk, in Party subject, in Manner manner)
    {
        var found = false;
        if (rule.Relation == "works_at" && _objects.Count > 0 && rule.Prepositions[0] == Word.At && rule.Prepositions.Length == 1)
        {
            // "started classes at a park"
            return false;
        }

        // "resigned from my job at the mill": from the mill.
        var isPost = Has(rule, RuleMarks.Closes) && rule.Relation == "works_at" && _arguments.Count > 0 && IsPost(_arguments[0].Chunk);
        foreach (var argument in _arguments)
        {
            var fits = rule.Prepositions.AsSpan().Contains(argument.Preposition) ? !(isPost && IsPost(argument.Chunk))
                : isPost && argument.Preposition is Word.At or Word.With;
            if (!fits || !Fits(rule, argument.Chunk))
            {
                continue;
            }

            // A list of places is one for every place; of the rest, the first counts.
            if (found && (isPost || argument.PrepositionChunk != _arguments[0].PrepositionChunk))
            {
                break;
            }

            var other = PartyOf(argument.Chunk, withOf: true, subject.Known);
            if (rule.Relation == "works_at" && argument.Preposition == Word.By && other.Type == EntityType.Person)
            {
                // "fired by her uncle": whom he works for is not said.
                continue;
            }

            if (rule.Relation == "starring-inverse")
            {
                Emit(other, "starring", subject, FactRule.Typed, Typed, manner);
            }
            else
            {
                Emit(subject, rule.Relation, other, FactRule.Typed, Typed, manner);
            }

            found = true;
        }

        return found && IsDefinite(subjectChunk);
    }

    bool ApplyObjects(VerbRule rule, int v, in Party subject, in Manner manner)
    {
        if (_objects.Count == 0 && rule.Relation is "likes")
        {
            return ApplyGerunds(rule, v, subject, manner);
        }

        var found = false;
        var isVague = !subject.IsNamed && _subjects.Count > 0 && _chunks[_subjects[0]].IsIndefinite;
        foreach (var chunk in _objects)
        {
            if (!Fits(rule, chunk) || (rule.Slot == Slot.Inverse && !IsDefinite(chunk)))
            {
                continue;
            }

            if ((rule.Slot == Slot.Inverse && !subject.IsNamed && (!IsNamed(chunk) || isVague)) || (_words[_chunks[chunk].Head].IsPlural
                && rule.Relation.StartsWith("partner", StringComparison.Ordinal)))
            {
                continue;
            }

            if (rule.Relation is "likes" or "visited" && IsVagueObject(rule, chunk))
            {
                found = true;
                continue;
            }

            var other = rule.Relation == "has" ? Possession(chunk, subject) : PartyOf(chunk, withOf: true, subject.Known);
            found |= other.Text is not null;
            if (rule.Slot == Slot.Inverse)
            {
                Emit(other, rule.Relation, subject, FactRule.Typed, Typed, manner);
            }
            else if (rule.Relation == "is_named")
            {
                EmitName(subject, chunk, manner);
            }
            else
            {
                var none = manner;
                none.IsNegated |= _chunks[chunk].IsNone;
                Emit(subject, rule.Relation, other, FactRule.Typed, Typed, none);
            }
        }

        return found;
    }

    /// <summary>"loves the way it ends", "visited home".</summary>
    bool IsVagueObject(VerbRule rule, int chunk) => rule.Relation == "likes"
        ? Vague.Contains(NounName(chunk)) || _words.Folded(_chunks[chunk].Head) is "feeling" or "look" or "vibe"
        : !IsNamed(chunk) && (_chunks[chunk].Start == _chunks[chunk].Head || !(IsPlaceKind(chunk) || CanBePerson(chunk)));

    bool ApplyGerunds(VerbRule rule, int v, in Party subject, in Manner manner)
    {
        var i = v + 1;
        var found = false;
        while (IsKind(i, ChunkKind.Verb) && _chunks[i].Shape == VerbShape.Gerund)
        {
            var liked = PhraseFrom(i, out var end);
            if (!IsVagueDoing(i) && !HasPointer(_chunks[i].Start, _chunks[end - 1].End))
            {
                Emit(subject, rule.Relation, liked, FactRule.Typed, Typed, manner);
            }

            found = true;
            i = IsKind(end, ChunkKind.And) ? end + 1 : _chunks.Count;
        }

        return found;
    }

    /// <summary>"was founded by Ada": the fact is the one "Ada founded" gives.</summary>
    bool ApplyPassive(VerbRule rule, int subjectChunk, in Party subject, in Manner manner)
    {
        var found = false;
        if (!IsDefinite(subjectChunk))
        {
            return false;
        }

        var first = _arguments.FindIndex(argument => argument.Preposition == Word.By);
        var named = _arguments.Exists(argument => argument.Preposition == Word.By && IsNamed(argument.Chunk));
        foreach (var argument in _arguments)
        {
            // "by the artist and printmaker Otto Graf" is one doer; a second "by" belongs to something else.
            if (argument.Preposition != Word.By || !IsNoun(argument.Chunk) || argument.PrepositionChunk != _arguments[first].PrepositionChunk
                || (named && !IsNamed(argument.Chunk)))
            {
                continue;
            }

            var doer = PartyOf(argument.Chunk, withOf: true, subject.Known);
            if (!doer.IsNamed && !subject.IsNamed)
            {
                continue;
            }

            if (rule.Slot == Slot.Inverse)
            {
                Emit(subject, rule.Relation, doer, FactRule.Typed, Typed, manner);
            }
            else
            {
                Emit(doer, rule.Relation, subject, FactRule.Typed, Typed, manner);
            }

            found = true;
        }

        return found;
    }

    /// <summary>A name, or something the passage points at: "an opera" cannot be told from any other opera.</summary>
    bool IsDefinite(int i)
    {
        ref var noun = ref _chunks[i];
        return IsNamed(i) || !noun.IsIndefinite || _words[noun.Start].Tag == Tag.Pronoun;
    }

    bool Fits(VerbRule rule, int i)
    {
        ref var noun = ref _chunks[i];
        if (noun.Kind != ChunkKind.Noun)
        {
            return false;
        }

        var named = IsNamed(i);
        var kind = KindOf(i);
        var isPronoun = _words[noun.Start].Tag == Tag.Pronoun;
        return (!Has(rule, RuleMarks.Named) || named)
            && (!Has(rule, RuleMarks.Role) || (CanBePerson(i) && !named))
            && (!Has(rule, RuleMarks.Being) || named || (CanBePerson(i) && !isPronoun) || kind == NounKind.Animal
            || _words[noun.Head].Word is Word.He or Word.She)
            && (!Has(rule, RuleMarks.Owned) || IsOwnable(i))
            && (!Has(rule, RuleMarks.Place) || (!isPronoun && (named || IsPlaceKind(i))))
            && (!Has(rule, RuleMarks.Dwelling) || (!isPronoun && (named || IsNamedWithOf(i) || (kind == NounKind.Location && noun.OwnerEnd == 0))))
            && (!Has(rule, RuleMarks.Work) || (!isPronoun && (named
            || kind is NounKind.Communication or NounKind.Event or NounKind.Artifact or NounKind.Act or NounKind.Cognition)));
    }

    bool IsPlaceKind(int i) => KindOf(i) is NounKind.Location or NounKind.Artifact or NounKind.Group or NounKind.Object
        || (_words[_chunks[i].Head].Noun is >= 0 and var row && Lexicon.CanBePlace(row));

    bool IsOwnable(int i) => !IsNamed(i) && _words[_chunks[i].Start].Tag != Tag.Pronoun && KindOf(i) is NounKind.Animal or NounKind.Artifact
        or NounKind.Plant or NounKind.Food or NounKind.Possession or NounKind.Location or NounKind.Object or NounKind.Substance
        || _words.Folded(_chunks[i].Head) is "book" or "books" or "ticket" or "tickets" or "website" or "blog" or "painting" or "letter";

    /// <summary>"I sold my old car": whose it is was said already.</summary>
    Party Possession(int chunk, in Party subject)
    {
        var owner = OwnerOf(chunk, subject.Known);
        if (_chunks[chunk].IsNone || (owner.Text is not null && owner.Text == subject.Text))
        {
            return new Party(CoreText(chunk, withOf: true), Discourse.None, EntityType.Thing, false, false);
        }

        return PartyOf(chunk, withOf: true, subject.Known);
    }

    /// <summary>Facts of "a film directed by X" and "Y, founded by X": the noun before is what is told of.</summary>
    void ReadReduced(int v)
    {
        ref var verb = ref _chunks[v];
        var i = v - 1;
        while (i >= 0 && (_chunks[i].Kind is ChunkKind.Adverb or ChunkKind.Comma or ChunkKind.And or ChunkKind.Time || (IsNoun(i)
            && IsKind(i - 1, ChunkKind.Preposition) && i - 2 >= 0)))
        {
            i -= IsNoun(i) ? 2 : 1;
            i = IsKind(i, ChunkKind.Preposition) ? i - 1 : i;
        }

        i = IsKind(i, ChunkKind.Close) ? OpenBefore(i) - 1 : i;
        ReadArguments(v);
        _hops = 1;
        _subjects.Clear();
        if (_lastFinite >= 0 && _chunks[_lastFinite].IsCopula && _lastSubjects.Count > 0 && IsNoun(_lastFinite + 1) && !IsNamed(_lastFinite + 1))
        {
            _subjects.AddRange(_lastSubjects);
        }
        else if (IsNoun(i) && IsDefinite(i))
        {
            _subjects.Add(i);
        }

        verb.IsPassive = !IsStarring(v);
        var manner = MannerOf(v);
        foreach (var subject in _subjects)
        {
            ApplyRules(v, subject, manner);
            ReadBirth(v, subject, manner);
        }
    }
}
