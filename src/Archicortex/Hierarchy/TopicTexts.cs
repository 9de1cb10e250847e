using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;

namespace Archicortex.Hierarchy;

/// <summary>What the passages of a topic say, for those who write about it.</summary>
/// <param name="Graph">Sentences and words of passages.</param>
/// <param name="Facts">What they state.</param>
/// <param name="Vocabulary">What the words' numbers mean.</param>
/// <param name="TextOf">A passage's text.</param>
sealed record TopicTexts(GraphSnapshot Graph, FactSnapshot Facts, Vocabulary Vocabulary, Func<int, string> TextOf)
{
    /// <summary>Confidence from which a fact is what a passage plainly states.</summary>
    const float PlainConfidence = 0.7f;

    /// <summary>The sentences of a passage's text, without its heading and its speaker.</summary>
    public IEnumerable<int> SentencesOf(int passage)
    {
        var (first, count) = (Graph.Passage(passage).FirstSentence, Graph.Passage(passage).SentenceCount);
        return Enumerable.Range(first, count).Where(sentence => Graph.Sentence(sentence).TextLength > 0);
    }

    /// <summary>True if a sentence is what an extractor found a plain fact in.</summary>
    public bool StatesFact(int sentence)
    {
        ref readonly var record = ref Graph.Sentence(sentence);
        foreach (var row in Facts.Of(record.Passage))
        {
            ref readonly var assertion = ref Facts.Assertion(row);
            if (assertion.EvidenceStart == record.TextStart && assertion.EvidenceLength > 0
                && assertion.Confidence >= PlainConfidence && assertion.Modality == (byte)FactModality.Asserted)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A sentence's stems that may name a topic, each with 1 + ln of its count, in the order of their numbers.</summary>
    public SortedList<int, double> StemsOf(int sentence)
    {
        var stems = new SortedList<int, double>();
        foreach (var word in Graph.Words(Graph.Sentence(sentence)))
        {
            if (!TopicWords.IsEmpty(Vocabulary.Word(word)))
            {
                var stem = Vocabulary.StemOf(word);
                stems[stem] = stems.GetValueOrDefault(stem) + 1;
            }
        }

        for (var i = 0; i < stems.Count; i++)
        {
            stems.SetValueAtIndex(i, 1 + Math.Log(stems.GetValueAtIndex(i)));
        }

        return stems;
    }
}
