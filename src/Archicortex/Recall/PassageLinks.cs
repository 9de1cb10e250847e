using Archicortex.Graph;

namespace Archicortex.Recall;

/// <summary>One passage joined to another because a title of one stands in the other.</summary>
/// <param name="Passage">The other passage.</param>
/// <param name="Out">How far this passage names the other, in [0, 1].</param>
/// <param name="In">How far the other names this one, in [0, 1].</param>
readonly record struct PassageLink(int Passage, double Out, double In)
{
    /// <summary>Weight of the undirected edge.</summary>
    public double Weight => Out + In;
}

/// <summary>Which passages name which: passage i is linked to j when it holds what j's title calls j.</summary>
/// <remarks>
/// names(i, j) = min(1, Σ ratio(v) / owners(v)) over the title names v of j that i holds, owners counted in documents. A
/// name that more than <see cref="OwnersMax"/> passages have as their title points at none of them.
/// </remarks>
static class PassageLinks
{
    public const int OwnersMax = 64;

    /// <summary>The links of a passage, in ascending order.</summary>
    public static PassageLink[] Of(GraphSnapshot graph, int passage)
    {
        var links = new Dictionary<int, (double Out, double In)>();
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
                var link = links.GetValueOrDefault(other);
                links[other] = (link.Out + weight, link.In);
            }
        }

        foreach (var phrase in record.TitlePhrases.Items)
        {
            AddHolders(graph, phrase, links);
        }

        links.Remove(passage);
        return [.. links.OrderBy(link => link.Key)
            .Select(link => new PassageLink(link.Key, Math.Min(1, link.Value.Out), Math.Min(1, link.Value.In)))];
    }

    static void AddHolders(GraphSnapshot graph, int phrase, Dictionary<int, (double Out, double In)> links)
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
                var link = links.GetValueOrDefault(holder);
                links[holder] = (link.Out, link.In + weight);
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
}
