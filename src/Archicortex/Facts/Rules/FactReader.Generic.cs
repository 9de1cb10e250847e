using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Any verb between two noun phrases (after ReVerb): much of it true, none of it able to end another fact.</summary>
sealed partial class FactReader
{
    const double Generic = 0.3, Better = 0.1;
    const int SpanMax = 12, ShortMax = 12;

    void ReadGeneric(int v, in Manner manner)
    {
        ref var verb = ref _chunks[v];
        if (verb.Verb < 0 || verb.IsCopula || verb.Verb == Have || _subjects.Count > 2 || IsKind(v + 1, ChunkKind.Verb))
        {
            return;
        }

        var (other, preposition) = (-1, -1);
        if (_objects.Count > 0)
        {
            other = _objects[0];
        }
        else if (_arguments.Count > 0 && IsNoun(_arguments[0].Chunk) && _arguments[0].Preposition != Word.Like)
        {
            (other, preposition) = (_arguments[0].Chunk, _arguments[0].PrepositionChunk);
        }

        if (other < 0 || KindOf(other) == NounKind.Time || _words[_chunks[other].Head].Tag is Tag.Determiner
            || _words[_chunks[other].Start].Word == Word.This || (verb.IsPassive && preposition < 0))
        {
            return;
        }

        foreach (var subject in _subjects)
        {
            ReadGeneric(v, subject, other, preposition, manner);
        }
    }

    void ReadGeneric(int v, int subjectChunk, int other, int preposition, Manner manner)
    {
        if (_chunks[other].Start - _chunks[subjectChunk].End > SpanMax)
        {
            return;
        }

        var subject = PartyOf(subjectChunk);
        var target = PartyOf(other, withOf: true, subject.Known);
        if (_chunks[other].IsNone)
        {
            manner.IsNegated = true;
            target = new Party(CoreText(other, withOf: true), Discourse.None, EntityType.Unknown, false, false);
        }

        if (subject.Text is null || target.Text is null)
        {
            return;
        }

        manner.IsEvent = manner.IsPast;
        var sure = Generic + (_words.Count <= ShortMax ? Better : 0) + (subject.IsNamed && target.IsNamed ? Better : 0)
            + (HasBoundary(subjectChunk + 1, other) ? 0 : Better);
        if (preposition >= 0 && _chunks[v].IsPassive && PrepositionAt(preposition) == Word.By)
        {
            Emit(target, GenericName(v, -1), subject, FactRule.Generic, sure, manner);
        }
        else
        {
            Emit(subject, GenericName(v, preposition), target, FactRule.Generic, sure, manner);
        }
    }

    /// <summary>"write_to": the verb's base, its particle, the preposition.</summary>
    string GenericName(int v, int preposition)
    {
        var name = VerbName(v);
        name = _chunks[v].Particle >= 0 ? $"{name}_{_words.Folded(_chunks[v].Particle)}" : name;
        return preposition >= 0 ? $"{name}_{_words.Folded(_chunks[preposition].Start)}" : name;
    }
}
