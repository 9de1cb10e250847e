using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Numerics;

namespace Archicortex;

/// <summary>How an OpenIE file is imported.</summary>
public sealed record OpenIeOptions
{
    /// <summary>Who read the facts, e.g. "openie:gpt-3.5-turbo-1106"; 1 … 200 characters. Default "openie".</summary>
    public string Extractor { get; init; } = "openie";

    /// <summary>Remember passages that the memory does not have. Default true; otherwise they are counted and left out.</summary>
    public bool CreateMissing { get; init; } = true;

    /// <summary>What the file is called in messages, and the source of documents made from it. Default "openie".</summary>
    public string Name { get; init; } = "openie";
}

/// <summary>What importing an OpenIE file did.</summary>
/// <param name="Passages">Passages read.</param>
/// <param name="Recorded">Documents whose facts were recorded.</param>
/// <param name="Known">Documents whose facts this extractor had recorded before: nothing changed.</param>
/// <param name="Created">Documents that were not there and were remembered.</param>
/// <param name="Ignored">Passages that are no document of the memory and were left out.</param>
/// <param name="Facts">Facts recorded.</param>
/// <param name="Dropped">Triples left out, by reason; "unlisted" are kept ones that hold no listed name.</param>
public sealed record OpenIeReport(
    int Passages, int Recorded, int Known, int Created, int Ignored, int Facts, IReadOnlyDictionary<string, int> Dropped);

/// <summary>Finds the document that a passage of an OpenIE file is: by its text in normal form, then by a title that only one has.</summary>
sealed class DocumentMatch
{
    readonly Dictionary<UInt128, DocumentId> _texts = [];
    readonly Dictionary<UInt128, DocumentId?> _titles = [];
    readonly Dictionary<DocumentId, string> _written = [];

    public void Add(DocumentId id, Document document)
    {
        _texts.TryAdd(Key(document.Title, document.Text), id);
        if (document.Title is { } title)
        {
            var key = Key(title, "");
            _titles[key] = _titles.ContainsKey(key) ? null : id;
            _written[id] = document.Text;
        }
    }

    public DocumentId? Find(OpenIePassage passage)
    {
        if (_texts.TryGetValue(Key(passage.Title, passage.Text), out var same))
        {
            return same;
        }

        // Two texts may share a title ("Oslo", the town and the film): the text has to be mostly the same as well.
        return passage.Title is { } title && _titles.GetValueOrDefault(Key(title, "")) is { } named && IsAlike(_written[named], passage.Text) ? named : null;
    }

    /// <summary>True if most words of either text stand in the other.</summary>
    static bool IsAlike(string first, string second)
    {
        var (one, other) = (Words(first), Words(second));
        return 2 * one.Count(other.Contains) > Math.Max(one.Count, other.Count);
    }

    static HashSet<string> Words(string text) => TokenBuffer.FoldedWords(text).ToHashSet(StringComparer.Ordinal);

    /// <summary>The words, whatever stands between them.</summary>
    static UInt128 Key(string? title, string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(title);
        buffer.Read(text);
        using var hash = new ContentHash("words");
        foreach (var token in buffer.Tokens)
        {
            hash.Add(buffer.Folded(token).ToString());
        }

        return hash.Id();
    }
}

/// <summary>Shares out the facts of a document among its passages.</summary>
static class FactPlaces
{
    /// <summary>An extraction for each passage; a fact goes to the passage that names most of it, with the sentence that does.</summary>
    /// <param name="read">Names and facts of the whole document.</param>
    /// <param name="texts">Texts of its passages.</param>
    public static Extraction[] Of(Extraction read, string[] texts)
    {
        var finders = Array.ConvertAll(texts, text => new EvidenceFinder(text));
        var facts = Array.ConvertAll(texts, _ => new List<Fact>());
        foreach (var fact in read.Facts)
        {
            var place = new Triple(fact.Subject, fact.Relation, fact.Object).BestOf(texts);
            facts[place].Add(fact with { Evidence = finders[place].BestSentence(fact.Subject, fact.Relation, fact.Object) });
        }

        var none = new Dictionary<string, int>();
        return [.. facts.Select((list, i) => read with { Facts = list, Names = i == 0 ? read.Names : [], Dropped = i == 0 ? read.Dropped : none })];
    }
}
