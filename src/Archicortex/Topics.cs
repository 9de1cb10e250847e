using Archicortex.Documents;
using Archicortex.Language;

namespace Archicortex;

/// <summary>Which part of the tree of topics to show, and how far unfolded.</summary>
public sealed record TopicOptions
{
    /// <summary>A topic's number, as <see cref="TopicTreeNode.Node"/> has it; null: the root, number 0.</summary>
    public int? Node { get; init; }

    /// <summary>Only the topics most like these words; null: all. Ignored with <see cref="Node"/>.</summary>
    public string? About { get; init; }

    /// <summary>Levels of topics to unfold below, 0 … 12. Default 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Topics to show at most, 1 … 10,000; where there are more, the deeper levels stay folded. Default 200.</summary>
    public int NodesMax { get; init; } = 200;

    internal void Check()
    {
        if (Depth is < 0 or > 12)
        {
            throw new ArgumentOutOfRangeException(nameof(Depth), Depth, "Depth must be between 0 and 12.");
        }

        if (NodesMax is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(NodesMax), NodesMax, "NodesMax must be between 1 and 10,000.");
        }

        if (About is not null && string.IsNullOrWhiteSpace(About))
        {
            throw new ArgumentException("About is empty; name a topic in words, or leave it out.", nameof(About));
        }
    }
}

/// <summary>A topic of the memory, and what lies below it.</summary>
/// <param name="Node">Its number, the same as long as nothing is forgotten; 0 is the root.</param>
/// <param name="Depth">Steps from the root.</param>
/// <param name="PassageCount">Passages below it.</param>
/// <param name="Summary">What they say.</param>
/// <param name="TopicCount">Topics directly below it, shown or not.</param>
/// <param name="Topics">Those that are shown, the one with most passages first; empty if the node is folded.</param>
/// <param name="Passages">Passages directly below it; empty if the node is folded.</param>
public sealed record TopicTreeNode(
    int Node,
    int Depth,
    int PassageCount,
    TopicSummary Summary,
    int TopicCount,
    IReadOnlyList<TopicTreeNode> Topics,
    IReadOnlyList<TopicTreePassage> Passages)
{
    /// <summary>True if there is more below it than is shown.</summary>
    public bool IsFolded => Topics.Count < TopicCount || (Topics.Count == 0 && Passages.Count == 0);
}

/// <summary>A passage in the tree of topics.</summary>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Document">The document it is part of.</param>
/// <param name="Section">The heading it stands under, if its document has headings.</param>
/// <param name="Span">Where it stands in the document's text, in UTF-16 units.</param>
public sealed record TopicTreePassage(PassageId PassageId, DocumentId DocumentId, Document Document, string? Section, TextSpan Span)
{
    /// <summary>The passage, verbatim.</summary>
    public string Text => Document.Text.Substring(Span.Start, Span.Length);
}

/// <summary>What the passages of a topic say, in at most about 200 tokens.</summary>
/// <remarks>
/// Without a model: facts that hold now of what most is stated about, and sentences as they stand in the passages. All of it
/// from the passages as they are now; nothing of what was forgotten. Of a topic with more than 64 passages, those that speak
/// for its parts are read.
/// </remarks>
/// <param name="KeyPhrases">Up to three phrases that tell the topic from the rest of the memory, best first.</param>
/// <param name="Text">The summary.</param>
/// <param name="Sources">Its lines and where each stands; of a model's text, the passages it was written from.</param>
public sealed record TopicSummary(IReadOnlyList<string> KeyPhrases, string Text, IReadOnlyList<SummarySource> Sources)
{
    const string Between = " · ";

    /// <summary>The topic's name: its key phrases; empty if it has none.</summary>
    public string Title => string.Join(Between, KeyPhrases);

    /// <summary>Who wrote the text: a model and its prompt; null if it was taken from the passages word for word.</summary>
    public string? Writer { get; init; }

    /// <summary>True if a model wrote it: inferred from the sources, not said in them.</summary>
    public bool IsInferred => Writer is not null;
}

/// <summary>A line of a summary, or a passage it was written from.</summary>
/// <param name="Text">The sentence, verbatim; for a fact, the fact in a few words; for a model's summary, the passage.</param>
/// <param name="IsFact">The text is a fact that the sentence states.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Document">The document.</param>
/// <param name="Span">Where the sentence, or the passage, stands in the document's text, in UTF-16 units.</param>
public sealed record SummarySource(string Text, bool IsFact, PassageId PassageId, DocumentId DocumentId, Document Document, TextSpan Span)
{
    /// <summary>The owner's name of the document if it has one, else its content id.</summary>
    public string DocumentName => Document.Id ?? DocumentId.ToString();
}

/// <summary>A topic that was recalled: the answer to a broad question in a few sentences.</summary>
/// <param name="Node">The topic's number.</param>
/// <param name="Depth">Its depth in the tree of topics, 1 for the broadest.</param>
/// <param name="PassageCount">Passages below it.</param>
/// <param name="Score">Higher is better. Comparable within one recollection only.</param>
/// <param name="Summary">What they say.</param>
public sealed record RecalledSummary(int Node, int Depth, int PassageCount, double Score, TopicSummary Summary)
{
    /// <summary>The topic's name; empty if it has none.</summary>
    public string Title => Summary.Title;

    /// <summary>The summary.</summary>
    public string Text => Summary.Text;
}
