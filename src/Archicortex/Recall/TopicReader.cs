using Archicortex.Documents;
using Archicortex.Hierarchy;
using Archicortex.Language;
using Archicortex.Models;

namespace Archicortex.Recall;

/// <summary>Reads the passages of a topic and says what it is about: facts, sentences, phrases.</summary>
/// <remarks>
/// From the live passages alone, never from an earlier summary. At most 64 passages are read; of a larger topic those that
/// <see cref="TopicSample"/> finds. A topic is read when it is first asked for, and the result kept with the view: what
/// changes makes another view.
/// </remarks>
sealed class TopicReader(RecallView view)
{
    const double FactShare = 1 / 3.0;

    readonly TopicTexts _texts = new(view.Graph, view.Facts, view.Vocabulary, row => view.Passage(row).Text);
    readonly TopicFacts _facts = new(view);

    public TopicDigest Read(int node)
    {

        // A text that is remembered twice counts once.
        var leaves = InOrder(TopicSample.Of(view.Topics, node)).DistinctBy(row => view.Passage(row).Text, StringComparer.Ordinal).ToList();
        var written = view.Written.GetValueOrDefault(view.Topics.Node(node).LeafSet);
        return new(PhrasesOf(leaves), LinesOf(leaves), written?.Text, written?.Writer);
    }

    /// <summary>Passages by when they were said, those of one document as they stand in it.</summary>
    public List<int> InOrder(IEnumerable<int> passages) =>
    [
        .. passages.OrderBy(row => view.Passage(row).Document.Time?.UtcTicks ?? long.MinValue)
            .ThenBy(row => view.Passage(row).DocumentId.Value).ThenBy(row => view.Passage(row).Span.Start),
    ];

    public IReadOnlyList<string> PhrasesOf(IReadOnlyList<int> leaves) =>
        [.. new KeyPhrases(_texts, view.Lexical.PassageFrequency).Of(leaves).Select(Surface)];

    List<DigestLine> LinesOf(List<int> leaves)
    {
        var budget = SummarySentences.BudgetOf(leaves.Count);
        var lines = FactLines(leaves, (int)(budget * FactShare), out var said, out var used);
        foreach (var (passage, span) in SummarySentences.Choose(_texts, leaves, budget - used, said))
        {
            lines.Add(new(_texts.TextOf(passage).Substring(span.Start, span.Length), passage, span, IsFact: false));
        }

        return lines;
    }

    List<DigestLine> FactLines(List<int> leaves, int budget, out HashSet<int> said, out int used)
    {
        var lines = new List<DigestLine>();
        (said, used) = ([], 0);
        foreach (var row in _facts.Choose(leaves))
        {
            var text = _facts.TextOf(row);
            var tokens = TokenCounting.Count(text) + 1;
            if (used + tokens > budget)
            {
                continue;
            }

            used += tokens;
            ref readonly var record = ref view.Facts.Assertion(row);
            var span = new TextSpan(record.EvidenceStart, record.EvidenceLength);
            lines.Add(new(text, record.Passage, span, IsFact: true));
            said.UnionWith(_texts.SentencesOf(record.Passage).Where(sentence => view.Graph.Sentence(sentence).TextStart == span.Start));
        }

        return lines;
    }

    /// <summary>A phrase as it is written where it stands.</summary>
    string Surface(PhrasePlace place)
    {
        var sentence = view.Graph.Sentence(place.Sentence);
        var passage = view.Passage(sentence.Passage);
        var buffer = new TokenBuffer();
        if (!sentence.IsHeading)
        {
            return Cut(passage.Text.Substring(sentence.TextStart, sentence.TextLength), buffer, place.Token, place.Count);
        }

        var before = 0;
        foreach (var heading in HeadingsOf(passage))
        {
            buffer.Clear();
            buffer.Read(heading);
            if (place.Token < before + buffer.Count)
            {
                return Cut(heading, buffer, place.Token - before, Math.Min(place.Count, before + buffer.Count - place.Token));
            }

            before += buffer.Count;
        }

        return string.Join(' ', view.Graph.Words(sentence).Slice(place.Token, place.Count).ToArray().Select(view.Vocabulary.Word));
    }

    static IEnumerable<string> HeadingsOf(Passage passage) => new[] { passage.Title, passage.Section }.Where(text => !string.IsNullOrEmpty(text))!;

    static string Cut(string text, TokenBuffer buffer, int first, int count)
    {
        buffer.Clear();
        buffer.Read(text);
        var (start, last) = (buffer[first], buffer[first + count - 1]);
        return text[start.Start..(last.Start + last.Length)];
    }
}
