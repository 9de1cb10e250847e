using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Verbs whose meaning hangs on more than one place: going, having, beginning, planning, saying.</summary>
sealed partial class FactReader
{
    static readonly int Want = Row("want"), Plan = Row("plan"), Hope = Row("hope");
    static readonly int Intend = Row("intend"), Go = Row("go"), Have = Row("have"), Start = Row("start"), Begin = Row("begin");
    static readonly int Stop = Row("stop"), Quit = Row("quit"), Give = Row("give"), Take = Row("take"), Join = Row("join"), Leave = Row("leave");
    static readonly int Switch = Row("switch"), Change = Row("change");
    static readonly int Study = Row("study"), Become = Row("become"), Bear = Row("bear"), Get = Row("get"), Lose = Row("lose");

    /// <summary>"moved back to live in Oslo": where somebody goes to live is where they live.</summary>
    static readonly HashSet<int> Coming = [.. new[] { "return", "go", "come", "move" }.Select(Row)];
    static readonly HashSet<int> Staying = [.. new[] { "live", "settle", "reside", "work", "study" }.Select(Row)];

    static readonly HashSet<int> Speech = [.. new[] { "say", "tell", "claim", "report", "state", "announce", "mention", "argue", "suggest", "declare",
        "confirm", "insist", "admit" }.Select(Row)];
    static readonly HashSet<int> Opinion = [.. new[] { "think", "believe", "guess", "suppose", "reckon", "assume", "suspect", "imagine", "feel" }.Select(Row)];
    static readonly HashSet<int> Wishes = [.. new[] { "hope", "wish", "pretend", "doubt", "dream", "imagine", "wonder" }.Select(Row)];
    static readonly HashSet<int> Plans = [Want, Plan, Hope, Intend];

    /// <summary>A verb seen more often than 2 to this power says little by itself: "go", "start".</summary>
    const int CommonVerb = 6;

    static readonly HashSet<int> VagueDoings =
    [
        .. new[] { "keep", "let", "forget", "love", "stay", "cherish", "think", "know", "miss", "appreciate", "be", "get", "do", "feel", "see",
            "make", "have", "care", "look", "notice", "realize", "become" }.Select(Row),
    ];

    static int Row(string verb) => Lexicon.Find(verb);

    bool IsSpeech(int v) => Speech.Contains(_chunks[v].Verb) || Opinion.Contains(_chunks[v].Verb) || Wishes.Contains(_chunks[v].Verb);

    /// <summary>"Ann said that …", "I think …": what follows is hers, or doubted. False if no clause follows.</summary>
    bool ReadSpeech(int v)
    {
        var clause = -1;
        for (var i = v + 1; i < _chunks.Count && clause < 0 && !EndsSaying(i); i++)
        {
            clause = IsFinite(i) ? i : -1;
        }

        if (clause < 0 || _subjects.Count == 0 || _chunks[v].IsPassive)
        {
            return false;
        }

        var teller = PartyOf(_subjects[0]);
        if (Wishes.Contains(_chunks[v].Verb))
        {
            _saysWishes = true;
        }
        else if (Opinion.Contains(_chunks[v].Verb))
        {
            _saysDoubt = true;
        }
        else
        {
            _speakerOf = teller.Text is null ? _speakerOf : teller;
            _saysWishes |= teller.Text is null;
        }

        return true;
    }

    bool EndsSaying(int i) => _chunks[i].Kind is ChunkKind.Comma or ChunkKind.And or ChunkKind.Relative or ChunkKind.Open
        || (_chunks[i].Kind == ChunkKind.Clause && (_chunks[i].End == _chunks[i].Start || _words[_chunks[i].Start].Word != Word.That));

    /// <summary>"wants to sail", "is going to sail", "will sail".</summary>
    bool ReadPlan(int v, Manner manner)
    {
        ref var verb = ref _chunks[v];
        var isGoing = verb.Verb == Go && verb.IsProgressive;
        var toInfinitive = IsKind(v + 1, ChunkKind.Verb) && _chunks[v + 1].Shape == VerbShape.Infinitive;
        var plans = toInfinitive && (isGoing || (Plans.Contains(verb.Verb) && !verb.IsHypothetical && !verb.IsPast));
        if (!plans && !(verb.IsFuture && !verb.IsPassive))
        {
            return false;
        }

        (manner.IsPlanned, manner.IsEvent) = (true, false);
        var what = plans ? v + 1 : v;
        if (what == v + 1)
        {
            ReadArguments(what);
            FindTime(what, ref manner);
        }

        foreach (var subject in _subjects)
        {
            var party = PartyOf(subject);
            if (CanAct(party, subject) && IsTelling(what) && (plans || _words[_chunks[subject].Start].Word != Word.You))
            {
                Emit(party, "planned", PhraseFrom(what, out _), FactRule.Typed, Typed, manner);
            }
        }

        return true;
    }

    /// <summary>"I will buy a boat" tells something, "I'll keep you posted" and "I will" do not.</summary>
    bool IsTelling(int v)
    {
        if (_words[_chunks[v].Head].Tag != Tag.Verb || IsVagueDoing(v))
        {
            return false;
        }

        var phrase = PhraseFrom(v, out var behind);
        var tellsAlone = _words[_chunks[v].Head].VerbWeight < CommonVerb;
        return phrase.Length > 0 && (tellsAlone || HasNoun(_chunks[v].Head + 1, _chunks[behind - 1].End))
            && !HasPointer(_chunks[v].Head, _chunks[behind - 1].End);
    }

    bool HasNoun(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_words[i].IsNominal || _words[i].Time >= 0)
            {
                return true;
            }
        }

        return false;
    }

    bool IsVagueDoing(int v) => _words[_chunks[v].Head].Verb is >= 0 and var row && VagueDoings.Contains(row);

    /// <summary>"it", "that", "them": what is meant stands elsewhere.</summary>
    bool HasPointer(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_words[i].Word is Word.It or Word.This or Word.They or Word.That && _words[i].Tag == Tag.Pronoun
                || _words.Folded(i) is "something" or "anything" or "everything")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A verb with what belongs to it, without its auxiliaries: "learning Portuguese", "visit Lisbon in July".</summary>
    string PhraseFrom(int v, out int behind)
    {
        var (objects, arguments, adjective, argumentsEnd) = (_objects.ToArray(), _arguments.ToArray(), _adjective, _argumentsEnd);
        ReadArguments(v);
        behind = _objects.Count > 0 || _arguments.Count > 0 || _adjective >= 0 ? _argumentsEnd : v + 1;
        var last = behind - 1;
        while (last > v && _chunks[last].Kind is ChunkKind.Adverb or ChunkKind.Comma or ChunkKind.Close)
        {
            last--;
        }

        var text = _words.Written(_chunks[v].Head, Math.Max(_chunks[last].End, _chunks[v].End)).ToString();
        _objects.Clear();
        _objects.AddRange(objects);
        _arguments.Clear();
        _arguments.AddRange(arguments);
        (_adjective, _argumentsEnd) = (adjective, argumentsEnd);
        return text;
    }

    /// <summary>Verbs with patterns of their own; true if one was found.</summary>
    bool ReadDoing(int v, int subjectChunk, Manner manner)
    {
        ref var verb = ref _chunks[v];
        var row = verb.Verb;
        if (row == Bear)
        {
            return ReadBirth(v, subjectChunk, manner);
        }

        var subject = PartyOf(subjectChunk);
        if (verb.IsPassive)
        {
            return false;
        }

        if (row == Have || (row == Get && verb.IsPast))
        {
            manner.IsBeginning = row == Get;
            return ReadHaving(subjectChunk, subject, manner);
        }

        if (row == Become)
        {
            manner.IsEvent = true;
            return ReadKinds(subjectChunk, subject, manner);
        }

        if (!CanAct(subject, subjectChunk))
        {
            return row == Take && ReadTakePlace(v, subject, manner);
        }

        return ReadComing(v, subjectChunk, subject, manner)
            || (row == Go && ReadGoing(verb, subject, manner))
            || (row == Take && ReadTakePlace(v, subject, manner))
            || ReadHabit(v, subject, manner)
            || ReadEmployment(row, subject, manner)
            || ReadSwitch(v, subject, manner)
            || (row == Study && ReadStudy(subject, manner));
    }

    bool ReadBirth(int v, int subjectChunk, Manner manner)
    {
        if (_chunks[v].Verb != Bear || _words.Folded(_chunks[v].Head) is not "born")
        {
            return false;
        }

        manner.IsEvent = true;
        var subject = PartyOf(subjectChunk);
        _discourse.NotePerson(subject.Known);
        var found = false;
        var place = false;
        foreach (var argument in _arguments)
        {
            if (_chunks[argument.Chunk].Kind == ChunkKind.Time && argument.Preposition is Word.On or Word.In or Word.None)
            {
                Emit(subject, "born_on", TimeText(argument.Chunk), FactRule.Typed, Typed, manner);
                found = true;
            }
            else if (!place && argument.Preposition is Word.In or Word.At or Word.Near && IsNamed(argument.Chunk))
            {
                Emit(subject, "born_in", PartyOf(argument.Chunk), FactRule.Typed, Typed, manner);
                found = place = true;
            }
        }

        return found;
    }

    bool ReadHaving(int subjectChunk, in Party subject, Manner manner)
    {
        var found = false;
        foreach (var chunk in _objects)
        {
            ref var noun = ref _chunks[chunk];
            if (noun.Of >= 0 && _words[_chunks[noun.Of].Start].Tag == Tag.Number && KindOf(chunk) is not (NounKind.Artifact or NounKind.Animal))
            {
                // "a population of 5,000"
                Emit(subject, "attribute:" + AttributeName(chunk), CoreText(noun.Of, withOf: false), FactRule.Typed, Typed, manner);
                found = true;
                continue;
            }

            if (!CanAct(subject, subjectChunk) || !(IsOwnable(chunk) || IsKin(chunk)) || noun.Of >= 0)
            {
                continue;
            }

            var none = manner;
            none.IsNegated |= noun.IsNone;
            Emit(subject, "has", Possession(chunk, subject), FactRule.Typed, Typed, none);
            found = true;
        }

        return found;
    }

    /// <summary>"returned to live in Bergen", "came back to work for Hofer".</summary>
    bool ReadComing(int v, int subjectChunk, in Party subject, Manner manner)
    {
        ref var verb = ref _chunks[v];
        var isTold = (verb.IsPast || verb.IsPerfect) && !manner.IsNegated && Coming.Contains(verb.Verb);
        if (!isTold || !IsKind(v + 1, ChunkKind.Verb) || _chunks[v + 1].Shape != VerbShape.Infinitive || !Staying.Contains(_chunks[v + 1].Verb))
        {
            return false;
        }

        ReadArguments(v + 1);
        FindTime(v + 1, ref manner);
        var found = false;
        foreach (var rule in VerbRules.Of(_chunks[v + 1].Verb) ?? [])
        {
            if (rule is { Slot: Slot.Preposition, Relation: "lives_in" or "works_at" or "studies_at" })
            {
                found |= Apply(rule with { Marks = rule.Marks | RuleMarks.Event }, v + 1, subjectChunk, subject, manner);
            }
        }

        return found;
    }

    bool ReadGoing(in Chunk verb, in Party subject, Manner manner)
    {
        if (!verb.IsPast && !verb.IsPerfect)
        {
            return false;
        }

        manner.IsEvent = true;
        foreach (var argument in _arguments)
        {
            if (argument.Preposition != Word.To || !IsNoun(argument.Chunk) || (!IsNamed(argument.Chunk)
                && _chunks[argument.Chunk].Start == _chunks[argument.Chunk].CoreStart))
            {
                continue;
            }

            var kind = KindOf(argument.Chunk);
            var isEvent = kind is NounKind.Event or NounKind.Act or NounKind.Communication
                || _words.Folded(_chunks[argument.Chunk].Head) is "meeting" or "party" or "festival" or "concert" or "wedding" or "conference"
                or "class" or "workshop";
            if (isEvent || IsNamed(argument.Chunk) || IsPlaceKind(argument.Chunk) || CanBePerson(argument.Chunk))
            {
                Emit(subject, isEvent ? "attended" : "visited", PartyOf(argument.Chunk, withOf: true, subject.Known), FactRule.Typed, Typed, manner);
                return true;
            }
        }

        return false;
    }

    bool ReadTakePlace(int v, in Party subject, Manner manner)
    {
        if (_objects.Count != 1 || _words.Folded(_chunks[_objects[0]].Head) is not "place")
        {
            return false;
        }

        manner.IsEvent = true;
        foreach (var argument in _arguments)
        {
            if (_chunks[argument.Chunk].Kind == ChunkKind.Time)
            {
                Emit(subject, "happened_on", TimeText(argument.Chunk), FactRule.Typed, Typed, manner);
            }
        }

        return v >= 0;
    }

    /// <summary>"started learning", "took up pottery", "gave up smoking", "quit smoking".</summary>
    bool ReadHabit(int v, in Party subject, Manner manner)
    {
        ref var verb = ref _chunks[v];
        var particle = verb.Particle >= 0 ? _words[verb.Particle].Word : Word.None;
        var begins = verb.Verb == Start || verb.Verb == Begin || (verb.Verb == Take && particle == Word.Up);
        var ends = verb.Verb == Stop || verb.Verb == Quit || (verb.Verb == Give && particle == Word.Up);
        if (!begins && !ends)
        {
            return false;
        }

        manner.IsBeginning = begins;
        if (ends)
        {
            (manner.IsClosing, manner.IsNegated) = (!manner.IsNegated, !manner.IsNegated);
        }

        if (IsKind(v + 1, ChunkKind.Verb) && (_chunks[v + 1].Shape == VerbShape.Gerund || (begins && _chunks[v + 1].Shape == VerbShape.Infinitive
            && subject is { IsNamed: true, Known: Discourse.None })))
        {
            ref var doing = ref _chunks[v + 1];
            var rules = VerbRules.Of(doing.Verb);
            ReadArguments(v + 1);
            FindTime(v + 1, ref manner);
            foreach (var rule in rules ?? [])
            {
                if (rule.Relation is "works_at" or "lives_in" && rule.Slot == Slot.Preposition && Apply(rule, v + 1, v, subject, manner))
                {
                    return true;
                }
            }

            var text = HabitText(v + 1);
            if (IsVagueDoing(v + 1) || HasPointer(doing.Start, _chunks[v + 1].End))
            {
                return true;
            }

            Emit(subject, "does:" + VerbName(v + 1), text, FactRule.Typed, Typed, manner);
            return true;
        }

        if (particle == Word.Up && _objects.Count > 0)
        {
            ref var noun = ref _chunks[_objects[0]];
            Emit(subject, "does:" + _words.Folded(noun.Head).ToString(), PartyOf(_objects[0]), FactRule.Typed, Typed, manner);
            return true;
        }

        return false;
    }

    string HabitText(int v)
    {
        var end = _objects.Count > 0 && KindOf(_objects[0]) != NounKind.Time ? _chunks[BehindOf(_objects[^1]) - 1].End : _chunks[v].End;
        return _words.Written(_chunks[v].Head, end).ToString();
    }

    string VerbName(int v)
    {
        ref var verb = ref _chunks[v];
        return verb.Verb >= 0 ? Lexicon.Word(verb.Verb) : _words.Folded(verb.Head).ToString();
    }

    /// <summary>Joining and leaving an employer; a band or a club is joined as a member.</summary>
    bool ReadEmployment(int row, in Party subject, Manner manner)
    {
        if ((row != Join && row != Leave && row != Quit && row != Lose) || _objects.Count == 0)
        {
            return false;
        }

        manner.IsEvent = true;
        if (row != Join)
        {
            (manner.IsClosing, manner.IsNegated) = (!manner.IsNegated, !manner.IsNegated);
        }

        var chunk = _objects[0];
        if (row != Join && IsPost(chunk))
        {
            foreach (var argument in _arguments)
            {
                if (argument.Preposition is Word.At or Word.With && IsNoun(argument.Chunk))
                {
                    Emit(subject, "works_at", PartyOf(argument.Chunk), FactRule.Typed, Typed, manner);
                    return true;
                }
            }

            return false;
        }

        if (row == Lose)
        {
            return false;
        }

        var isClub = _words.Folded(_chunks[chunk].Head) is "band" or "club" or "team" or "party" or "choir" or "group" or "association" or "orchestra"
            or "union" or "society" or "guild" or "league" or "army" or "navy" or "gym" or "council" or "academy" or "committee" or "church" or "order";
        if (isClub || (row == Join && IsNamed(chunk)) || (row == Quit && IsNamed(chunk)) || (row != Join && KindOf(chunk) == NounKind.Group
            && !_chunks[chunk].IsIndefinite))
        {
            Emit(subject, isClub ? "member_of" : "works_at", PartyOf(chunk), FactRule.Typed, Typed, manner);
            return true;
        }

        return false;
    }

    /// <summary>"Switched jobs from X to Y": one employer ended, another began. Of what else one may switch the sentence must speak of work.</summary>
    bool ReadSwitch(int v, in Party subject, Manner manner)
    {
        ref var verb = ref _chunks[v];
        var from = _arguments.FindIndex(argument => argument.Preposition == Word.From && IsNamed(argument.Chunk));
        var to = _arguments.FindIndex(argument => argument.Preposition == Word.To && IsNamed(argument.Chunk));
        if ((verb.Verb != Switch && verb.Verb != Change) || from < 0 || to < 0 || manner.IsNegated || !(verb.IsPast || verb.IsPerfect) || !TellsOfWork())
        {
            return false;
        }

        manner.IsEvent = true;
        Emit(subject, "works_at", PartyOf(_arguments[to].Chunk), FactRule.Typed, Typed, manner);
        (manner.IsClosing, manner.IsNegated) = (true, true);
        Emit(subject, "works_at", PartyOf(_arguments[from].Chunk), FactRule.Typed, Typed, manner);
        return true;
    }

    bool TellsOfWork()
    {
        for (var i = 0; i < _words.Count; i++)
        {
            if (_words.Folded(i) is "job" or "jobs" or "employer" or "employers" or "company" or "companies" or "firm" or "firms" or "career" or "work"
                or "working" or "position" or "role")
            {
                return true;
            }
        }

        return false;
    }

    bool IsPost(int chunk) => _words.Folded(_chunks[chunk].Head) is "job" or "position" or "post" or "role";

    bool ReadStudy(in Party subject, Manner manner)
    {
        foreach (var chunk in _objects)
        {
            Emit(subject, "studies", PartyOf(chunk, withOf: true, subject.Known), FactRule.Typed, Typed, manner);
        }

        return _objects.Count > 0;
    }
}
