using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Reads the facts out of one passage after another: words, tags, phrases, clauses, facts.</summary>
/// <remarks>
/// The journey in parts: this file goes from passage to clause, <c>.Clauses</c> finds who does what to whom, <c>.Parties</c>
/// turns phrases into names, <c>.Verbs</c>, <c>.Doings</c> and <c>.Copula</c> hold the typed patterns, <c>.Nominal</c> the
/// nominal ones, <c>.Generic</c> the rest. Not for two threads at once.
/// </remarks>
sealed partial class FactReader
{
    const double Typed = 0.9, Nominal = 0.7;

    readonly SentenceWords _words = new();
    readonly Chunker _chunks = new();
    readonly Discourse _discourse = new();
    readonly FactSink _sink = new();
    readonly Func<TokenRange, string> _textOf;

    FactSource _source = new("");
    DateOnly? _reference;
    int _firstToken;
    int _sentence;

    public FactReader() => _textOf = range => _words.Written(range.Start - _firstToken, range.End - _firstToken).ToString();

    /// <summary>Appends the facts of a passage.</summary>
    /// <param name="reading">The passage, read.</param>
    /// <param name="source">The same passage; its text is the one the reading's offsets count in.</param>
    /// <param name="facts">Where the facts go.</param>
    /// <param name="rules">Where goes which rules found each; null: nobody asks.</param>
    public void Read(PassageReading reading, FactSource source, List<Fact> facts, List<FactRule>? rules)
    {
        (_source, _sentence) = (source, 0);
        _reference = source.Time is { } time ? DateOnly.FromDateTime(time.DateTime) : null;
        _discourse.Begin(reading, source.Title);
        var firstName = 0;
        foreach (var sentence in reading.Sentences)
        {
            if (sentence.IsHeading || sentence.Text.Length == 0 || sentence.Tokens.Count == 0)
            {
                continue;
            }

            _firstToken = sentence.Tokens.Start;
            _words.Read(reading, sentence, source.Text, _reference, ref firstName);
            Tagger.Tag(_words, reading);
            ReadStatements();
            _sink.Flush(facts, rules);
            _sentence++;
        }
    }

    /// <summary>A sentence of the splitter may hold several short ones: each is read by itself.</summary>
    void ReadStatements()
    {
        var start = 0;
        for (var at = 1; at <= _words.Count; at++)
        {
            var isEnd = at == _words.Count;
            if (!isEnd && (_words[at].Gap & Gap.Stop) == 0)
            {
                continue;
            }

            var isQuestion = isEnd ? _words.EndsInQuestion() : (_words[at].Gap & Gap.Question) != 0;
            if (!isQuestion && !IsConditional(start, at) && !IsOrder(start) && !Denial.IsDenied(_words, start, at) && !IsOfWhose(start, at))
            {
                ReadStatement(start, at);
            }

            start = at;
        }
    }

    /// <summary>What is said under "if" or as a wish is not stated.</summary>
    bool IsConditional(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_words[i].Tag == Tag.Condition)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Ada, whose father founded the bank, …": who did what is too easily taken wrong.</summary>
    bool IsOfWhose(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (_words.Folded(i) is "whose")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Make sure you watch it": an order states nothing.</summary>
    bool IsOrder(int start)
    {
        while (start + 1 < _words.Count && _words[start].Tag is Tag.Adverb or Tag.Other && _words[start].Word != Word.Maybe)
        {
            start++;
        }

        return _words[start] is { Tag: Tag.Verb, VerbForm: WordForm.Base, Name: < 0, NounWeight: 0 }
            || _words.Folded(start) is "make" or "let" or "hope" or "wish";
    }

    void ReadStatement(int start, int end)
    {
        _chunks.Read(_words, start, end);
        BeginClauses();
        NoteAccordingTo(start, end);
        for (var i = 0; i < _chunks.Count; i++)
        {
            if (_chunks[i].Kind == ChunkKind.Verb)
            {
                ReadClause(i);
            }
        }

        ReadNominal();
    }

    /// <summary>"According to the Gazette": all of the statement is the Gazette's word.</summary>
    void NoteAccordingTo(int start, int end)
    {
        for (var at = start; at + 2 < end; at++)
        {
            if (_words.Folded(at) is not "according" || _words.Folded(at + 1) is not "to")
            {
                continue;
            }

            var named = _words.Folded(at + 2) is "the" && at + 3 < end ? at + 3 : at + 2;
            if (_words[named].Name >= 0)
            {
                _speakerOf = PartyOfName(_words.Names[_words[named].Name]);
            }
            else
            {
                _saysDoubt = true;
            }
        }
    }

    void Emit(in Party subject, string relation, in Party other, FactRule rule, double confidence, in Manner manner)
    {
        if (other.Text is { } text)
        {
            var sure = confidence - (other.IsPointedAt ? 0.2 : 0);
            Emit(subject, relation, text, rule, sure, manner);
        }
    }

    void Emit(in Party subject, string relation, string other, FactRule rule, double confidence, in Manner manner)
    {
        if (subject.Text is not { Length: > 0 } text || other.Length == 0)
        {
            return;
        }

        var sure = confidence - (subject.IsPointedAt ? 0.2 : 0);
        var fact = manner.Apply(new Fact(text, relation, other), sure, _words.Span, _reference);
        if (rule == FactRule.Generic && fact.Confidence > FactSink.GenericMax)
        {
            fact = fact with { Confidence = FactSink.GenericMax };
        }

        _sink.Add(fact, rule);
    }
}
