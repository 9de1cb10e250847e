using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>The words of a passage, from the graph: nothing is read again.</summary>
static class PassageWords
{
    /// <summary>Its words in their order, without those of the title.</summary>
    public static int[] Of(GraphSnapshot graph, int row)
    {
        ref readonly var passage = ref graph.Passage(row);
        var words = new List<int>();
        for (var place = 1; place < passage.SentenceCount; place++)
        {
            ref readonly var sentence = ref graph.Sentence(passage.FirstSentence + place);
            if (sentence.TextLength > 0)
            {
                words.AddRange(graph.Words(sentence));
            }
        }

        return [.. words];
    }
}
