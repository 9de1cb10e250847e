using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>Which passages name which: passage i is linked to j when it holds what j's title calls j.</summary>
/// <remarks>
/// names(i, j) = min(1, Σ ratio(v) / owners(v)) over the title names v of j that i holds, owners counted in
/// documents. A name that more than
/// <see cref="OwnersMax"/> passages have as their title points at none of them. Links are read off the rows of the
/// snapshot; nothing is stored a pair.
/// </remarks>
static class PassageLinks
{
    public const int OwnersMax = 64;

    /// <summary>
    /// Gathers names(i, ·) in LinkOut and names(·, i) in LinkIn, each uncapped, and the passages concerned in Linked.
    /// <see cref="Clear"/> must follow.
    /// </summary>
    public static void Gather(GraphSnapshot graph, int passage, RecallScratch scratch)
    {
        ref readonly var record = ref graph.Passage(passage);
        foreach (var phrase in record.Phrases.Items)
        {
            var owners = graph.Phrase(phrase).Owners.Items;
            if (owners.Length is 0 or > OwnersMax)
            {
                continue;
            }

            var weight = graph.Ratio(phrase) / Documents(graph, owners);
            foreach (var other in owners)
            {
                Add(scratch, scratch.LinkOut, other, passage, weight);
            }
        }

        foreach (var phrase in record.TitlePhrases.Items)
        {
            GatherHolders(graph, phrase, passage, scratch);
        }
    }

    public static double Out(RecallScratch scratch, int other) => Math.Min(1, scratch.LinkOut[other]);

    public static double In(RecallScratch scratch, int other) => Math.Min(1, scratch.LinkIn[other]);

    public static void Clear(RecallScratch scratch)
    {
        foreach (var other in scratch.Linked)
        {
            scratch.LinkOut[other] = 0;
            scratch.LinkIn[other] = 0;
        }

        scratch.Linked.Clear();
    }

    static void GatherHolders(GraphSnapshot graph, int phrase, int passage, RecallScratch scratch)
    {
        ref readonly var record = ref graph.Phrase(phrase);
        if (record.Owners.Count > OwnersMax)
        {
            return;
        }

        var weight = graph.Ratio(phrase) / Documents(graph, record.Owners.Items);
        var last = -1;
        foreach (var sentence in record.Sentences.Items)
        {
            var holder = graph.Sentence(sentence).Passage;
            if (holder != last)
            {
                Add(scratch, scratch.LinkIn, holder, passage, weight);
                last = holder;
            }
        }
    }

    /// <summary>Documents among the owners of a title: the passages of one document do not compete for its title.</summary>
    static int Documents(GraphSnapshot graph, ReadOnlySpan<int> owners)
    {
        // A document's passages have rows one after the other.
        var count = 1;
        for (var i = 1; i < owners.Length; i++)
        {
            count += graph.Passage(owners[i]).DocumentId == graph.Passage(owners[i - 1]).DocumentId ? 0 : 1;
        }

        return count;
    }

    static void Add(RecallScratch scratch, double[] links, int other, int self, double weight)
    {
        if (other == self)
        {
            return;
        }

        if (scratch.LinkOut[other] == 0 && scratch.LinkIn[other] == 0)
        {
            scratch.Linked.Add(other);
        }

        links[other] += weight;
    }
}
