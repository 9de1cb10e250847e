namespace Archicortex.Facts.Rules;

/// <summary>Who does what to whom.</summary>
sealed partial class FactReader
{
    /// <summary>What stands behind a verb, with the preposition before it.</summary>
    readonly record struct Argument(Word Preposition, int PrepositionChunk, int Chunk);

    const int ListMax = 8;

    readonly List<int> _subjects = [], _objects = [], _lastSubjects = [];
    readonly List<Argument> _arguments = [];

    int _hops, _lastFinite, _adjective, _argumentsEnd;
    bool _lastPassive, _saysWishes, _saysDoubt;
    Party? _speakerOf;

    void BeginClauses()
    {
        _lastSubjects.Clear();
        (_lastFinite, _lastPassive, _saysWishes, _saysDoubt, _speakerOf) = (-1, false, false, false, null);
        for (var i = 0; i < _chunks.Count; i++)
        {
            _saysDoubt |= _chunks[i].Kind == ChunkKind.Adverb && _words[_chunks[i].Head].Word == Word.Maybe;
        }
    }

    void ReadClause(int v)
    {
        ref var verb = ref _chunks[v];
        if (verb.Shape == VerbShape.Infinitive || (verb.Shape == VerbShape.Gerund && !IsStarring(v)))
        {
            return;
        }

        if (IsReduced(v))
        {
            ReadReduced(v);
            return;
        }

        if (!FindSubjects(v))
        {
            return;
        }

        var inherits = _hops < 0;
        if (inherits && verb.IsPast && _lastPassive && verb.Start == verb.Head && !IsNoun(v + 1))
        {
            verb.IsPassive = true;
        }

        _hops = Math.Max(0, _hops);
        ReadArguments(v);
        if (_hops == 0)
        {
            (_lastFinite, _lastPassive) = (v, verb.IsPassive);
            if (!inherits)
            {
                _lastSubjects.Clear();
                _lastSubjects.AddRange(_subjects);
                NoteSubjects();
            }
        }

        if (!_saysWishes)
        {
            ReadVerb(v);
        }
    }

    bool IsNoun(int i) => IsKind(i, ChunkKind.Noun);

    bool IsKind(int i, ChunkKind kind) => i >= 0 && i < _chunks.Count && _chunks[i].Kind == kind;

    Word PrepositionAt(int i) => IsKind(i, ChunkKind.Preposition) ? _words[_chunks[i].Start].Word : Word.None;

    bool IsFinite(int i) => IsKind(i, ChunkKind.Verb) && _chunks[i].Shape == VerbShape.Finite;

    /// <summary>"… and starring X": a participle that names a cast, whatever comma stands before it.</summary>
    bool IsStarring(int v) => _chunks[v].Shape == VerbShape.Gerund && _words.Folded(_chunks[v].Head) is "starring" && IsNoun(v + 1);

    /// <summary>True for a past form that describes the noun before it: "a film directed by X".</summary>
    bool IsReduced(int v)
    {
        ref var verb = ref _chunks[v];
        if (IsStarring(v) || verb.Shape == VerbShape.Participle)
        {
            return true;
        }

        if (!verb.IsPast || _words[verb.Head].Tag != Tag.Verb || _words[verb.Start].Tag == Tag.Auxiliary || verb.IsUsedTo || verb.IsPassive)
        {
            return false;
        }

        for (var i = verb.Start; i < verb.Head; i++)
        {
            if (_words[i].Tag == Tag.Auxiliary)
            {
                return false;
            }
        }

        if (PrepositionAt(v + 1) == Word.By && !IsKind(v + 2, ChunkKind.Time) && !IsKind(v - 1, ChunkKind.And))
        {
            return true;
        }

        return _lastFinite >= 0 && !HasBoundary(_lastFinite + 1, v) && !IsSpeech(_lastFinite);
    }

    bool HasBoundary(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_chunks[i].Kind is ChunkKind.And or ChunkKind.Comma or ChunkKind.Clause or ChunkKind.Relative or ChunkKind.Other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Fills the subjects of a verb; hops is 1 over "who", −1 when they are those of the verb before.</summary>
    bool FindSubjects(int v)
    {
        _subjects.Clear();
        _hops = 0;
        for (var i = v - 1; i >= 0; i--)
        {
            switch (_chunks[i].Kind)
            {
                case ChunkKind.Adverb or ChunkKind.Quote:
                    continue;
                case ChunkKind.Time:
                    i -= IsKind(i - 1, ChunkKind.Preposition) ? 1 : 0;
                    continue;
                case ChunkKind.Close:
                    i = OpenBefore(i);
                    continue;
                case ChunkKind.Comma:
                    var before = StartOfInsertion(i);
                    if (before < 0)
                    {
                        return Inherit();
                    }

                    i = before;
                    continue;
                case ChunkKind.And:
                    return Inherit();
                case ChunkKind.Relative:
                    _hops = 1;
                    var isWho = _words[_chunks[i].Start].Word == Word.Who;
                    i = IsKind(i - 1, ChunkKind.Comma) ? i - 1 : i;
                    i = IsKind(i - 1, ChunkKind.Close) ? OpenBefore(i - 1) : i;
                    return FindAntecedent(i - 1, isWho);
                case ChunkKind.Noun when IsKind(i - 1, ChunkKind.Preposition):
                    i--;
                    continue;
                case ChunkKind.Noun:
                    CollectSubjects(i);
                    return _subjects.Count > 0;
                default:
                    return false;
            }
        }

        return false;
    }

    bool Inherit()
    {
        _subjects.AddRange(_lastSubjects);
        _hops = -1;
        return _subjects.Count > 0;
    }

    int OpenBefore(int close)
    {
        var i = close - 1;
        while (i > 0 && _chunks[i].Kind != ChunkKind.Open)
        {
            i--;
        }

        return Math.Max(0, i);
    }

    /// <summary>For the comma that ends "X, a painter, lived": the comma that starts it; −1 if none does.</summary>
    int StartOfInsertion(int comma)
    {
        for (var i = comma - 1; i > 0; i--)
        {
            var kind = _chunks[i].Kind;
            if (kind == ChunkKind.Comma && IsKind(i + 1, ChunkKind.And))
            {
                return -1;
            }

            if (kind == ChunkKind.Comma)
            {
                return IsNoun(i - 1) || IsKind(i - 1, ChunkKind.Close) ? i : -1;
            }

            var isRelative = IsFinite(i) && (IsKind(i - 1, ChunkKind.Relative) || IsKind(i - 2, ChunkKind.Relative));
            if (kind is ChunkKind.Clause or ChunkKind.Other || (IsFinite(i) && !isRelative && _chunks[i].Shape == VerbShape.Finite && i <= _lastFinite))
            {
                return -1;
            }
        }

        return -1;
    }

    bool FindAntecedent(int i, bool isWho)
    {
        if (!IsNoun(i))
        {
            return false;
        }

        if (isWho && (PrepositionAt(i - 1) is Word.In or Word.From or Word.At or Word.On or Word.Near || !CanAct(PartyOf(i), i)))
        {
            // "a band from Tarn, who play": not Tarn.
            return false;
        }

        // "a lake in Tarn that was dammed": the lake or Tarn? Only people are told apart by "who".
        if (!isWho && IsKind(i - 1, ChunkKind.Preposition) && PrepositionAt(i - 1) != Word.By)
        {
            return false;
        }

        // "X is a nurse who lives in Y": what is told of the nurse is told of X.
        if (_lastFinite >= 0 && _chunks[_lastFinite].IsCopula && i == _lastFinite + 1 && _lastSubjects.Count > 0 && !IsNamed(i))
        {
            _subjects.AddRange(_lastSubjects);
            return true;
        }

        _subjects.Add(i);
        return true;
    }

    /// <summary>Walks left over "A, B and C"; what a verb or a preposition stands before belongs to that.</summary>
    void CollectSubjects(int last)
    {
        if (last == 2 && IsKind(1, ChunkKind.Comma) && IsNamed(0) && IsNamed(2))
        {
            // "Otto Graf, MP, was", "Tom Brill, 1st Earl of Tarn, was": the name is the first.
            last = 0;
        }

        var first = last;
        if (IsKind(last - 1, ChunkKind.And) && IsNoun(last - 2))
        {
            first = last - 2;
            while (IsKind(first - 1, ChunkKind.Comma) && IsNoun(first - 2) && last - first < 2 * ListMax)
            {
                first -= 2;
            }

            if (IsKind(first - 1, ChunkKind.Verb) || IsKind(first - 1, ChunkKind.Preposition))
            {
                first = last;
            }
        }

        for (var i = first; i <= last; i += 2)
        {
            _subjects.Add(i);
        }
    }

    /// <summary>Fills the objects, the adjective and the prepositional arguments behind a verb.</summary>
    void ReadArguments(int v)
    {
        _objects.Clear();
        _arguments.Clear();
        _adjective = -1;
        var i = v + 1;
        while (IsKind(i, ChunkKind.Adverb))
        {
            i++;
        }

        if (IsNoun(i))
        {
            i = ReadList(i, _objects);
            if (IsNoun(i) && _objects.Count == 1 && !StartsClause(i) && _words[_chunks[i].Start].Tag is Tag.Determiner or Tag.Possessive or Tag.Number
                && (IsNamed(_objects[0]) || _words[_chunks[_objects[0]].Start].Tag == Tag.Pronoun))
            {
                // "gave Ada a ring": what is given comes second.
                _objects.Clear();
                i = ReadList(i, _objects);
            }
        }
        else if (IsKind(i, ChunkKind.And) && IsFinite(i + 1) && _words[_chunks[i + 1].Head].Tag == Tag.Verb && IsNoun(i + 2))
        {
            // "composed and recorded the album": one object for two verbs.
            i = ReadList(i + 2, _objects);
        }

        if (IsKind(i, ChunkKind.Adjective))
        {
            _adjective = i++;
        }

        while (i < _chunks.Count)
        {
            var next = ReadArgument(i);
            if (next <= i)
            {
                break;
            }

            i = next;
        }

        _argumentsEnd = i;
    }

    /// <summary>Reads one argument; returns where the next starts, or the same place if this is none.</summary>
    int ReadArgument(int i)
    {
        switch (_chunks[i].Kind)
        {
            case ChunkKind.Adverb:
                return i + 1;
            case ChunkKind.Time:
                _arguments.Add(new Argument(Word.None, -1, i));
                return i + 1;
            case ChunkKind.Open:
                return CloseBehind(i) + 1;
            case ChunkKind.Preposition when IsKind(i + 1, ChunkKind.Time):
                _arguments.Add(new Argument(PrepositionAt(i), i, i + 1));
                return i + 2;
            case ChunkKind.Preposition when IsNoun(i + 1):
                var first = _listed.Count;
                var end = ReadList(i + 1, _listed);
                foreach (var noun in _listed.GetRange(first, _listed.Count - first))
                {
                    _arguments.Add(new Argument(PrepositionAt(i), i, noun));
                }

                _listed.Clear();
                return end;
            case ChunkKind.Comma when IsNoun(i + 1) && _chunks[i + 1].End - _chunks[i + 1].Start <= 3 && IsNamedPlace(i - 1) && IsNamed(i + 1)
                && !IsKind(i + 2, ChunkKind.And) && !IsKind(i + 2, ChunkKind.Verb):
                // "in Tarn, Norway, on 3 May": the second name says where the first is.
                return IsKind(i + 2, ChunkKind.Comma) && (IsKind(i + 3, ChunkKind.Preposition) || IsKind(i + 3, ChunkKind.Time)) ? i + 3 : i + 2;
            case ChunkKind.Comma when IsKind(i + 1, ChunkKind.Time) || (IsKind(i + 1, ChunkKind.Preposition) && IsKind(i + 2, ChunkKind.Time)):
                return i + 1;
            default:
                return i;
        }
    }

    readonly List<int> _listed = [];

    bool IsNamedPlace(int i) => IsNoun(i) && IsNamed(i) && IsKind(i - 1, ChunkKind.Preposition);

    /// <summary>Appends "A", "A and B", "A, B and C"; returns the chunk behind.</summary>
    int ReadList(int i, List<int> list)
    {
        list.Add(i);
        var end = BehindOf(i);
        while (list.Count < ListMax)
        {
            if (IsKind(end, ChunkKind.And) && IsNoun(end + 1) && !StartsClause(end + 1))
            {
                list.Add(end + 1);
                return BehindOf(end + 1);
            }

            if (!IsKind(end, ChunkKind.Comma) || !EndsInAnd(end))
            {
                return end;
            }

            var noun = IsKind(end + 1, ChunkKind.And) ? end + 2 : end + 1;
            list.Add(noun);
            if (noun == end + 2)
            {
                return BehindOf(noun);
            }

            end = BehindOf(noun);
        }

        return end;
    }

    int CloseBehind(int open)
    {
        while (open < _chunks.Count && _chunks[open].Kind != ChunkKind.Close)
        {
            open++;
        }

        return open;
    }

    bool EndsInAnd(int comma)
    {
        for (var i = comma; i < _chunks.Count; i = BehindOf(i + 1))
        {
            if (IsKind(i, ChunkKind.Comma) && IsKind(i + 1, ChunkKind.And))
            {
                return IsNoun(i + 2) && !StartsClause(i + 2);
            }

            if (!IsNoun(i + 1))
            {
                return false;
            }

            if (IsKind(i, ChunkKind.And))
            {
                return !StartsClause(i + 1);
            }

            if (!IsKind(i, ChunkKind.Comma))
            {
                return false;
            }
        }

        return false;
    }

    bool StartsClause(int noun) => IsFinite(BehindOf(noun)) || (IsKind(BehindOf(noun), ChunkKind.Open) && IsFinite(CloseBehind(BehindOf(noun)) + 1))
        || (IsKind(BehindOf(noun), ChunkKind.Adverb) && IsFinite(BehindOf(noun) + 1));

    int BehindOf(int noun)
    {
        var at = noun;
        for (var steps = 0; steps < ListMax && IsKind(at, ChunkKind.Noun) && _chunks[at].Of > at; steps++)
        {
            at = _chunks[at].Of;
        }

        return at + 1;
    }
}
