using Archicortex.Documents;
using Archicortex.Facts.Rules;
using Archicortex.Language;

namespace Archicortex.Facts;

/// <summary>Reads facts by rules: offline, without a model, the same on every machine.</summary>
/// <remarks>
/// Three families of rules: typed patterns for relations that have a meaning (born_in, works_at, founded_by …), nominal
/// ones ("Ada, a nurse"), and any verb between two noun phrases. Only the first two can end the validity of an older
/// fact. Many facts are missed; what is found is meant to be right. Whom a pronoun means is decided or the fact left out.
/// English only; other languages give no facts. One instance may be used by several threads through
/// <see cref="ExtractAsync"/>.
/// </remarks>
public sealed class RuleFactExtractor : IFactExtractor
{
    const string Rules = "rules-1";
    const int HashDigits = 8;

    readonly FactReader _reader = new();

    /// <inheritdoc/>
    public string Identity { get; } = $"{Rules}+{Lexicon.ContentHash[..HashDigits]}";

    /// <inheritdoc/>
    public ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        var reading = new PassageReading();
        reading.Read(PassageOf(source));
        var facts = new List<Fact>();
        new FactReader().Read(reading, source, facts, null);
        return ValueTask.FromResult(new Extraction(NamesOf(reading, source), facts));
    }

    /// <summary>Appends the facts of a passage that was read already. Not for two threads at once.</summary>
    /// <param name="reading">The reading of the passage.</param>
    /// <param name="source">The same passage: its text is the one the reading's sentences count in.</param>
    /// <param name="facts">Where the facts go.</param>
    internal void Extract(PassageReading reading, FactSource source, List<Fact> facts) => _reader.Read(reading, source, facts, null);

    /// <summary>As <see cref="Extract(PassageReading, FactSource, List{Fact})"/>, and says which rules found each fact.</summary>
    internal void Extract(PassageReading reading, FactSource source, List<Fact> facts, List<FactRule> rules) =>
        _reader.Read(reading, source, facts, rules);

    internal static Passage PassageOf(FactSource source)
    {
        var document = new Document(source.Text) { Title = source.Title, Speaker = source.Speaker, Listener = source.Listener, Time = source.Time };
        return new Passage(default, default, document, new TextSpan(0, source.Text.Length), null);
    }

    static List<string> NamesOf(PassageReading reading, FactSource source)
    {
        var names = new List<string>();
        foreach (var sentence in reading.Sentences)
        {
            foreach (var name in reading.Names)
            {
                if (sentence.Text.Length > 0 && name.Start >= sentence.Tokens.Start && name.End <= sentence.Tokens.End)
                {
                    var (first, last) = (reading.Buffer[name.Start], reading.Buffer[name.End - 1]);
                    names.Add(source.Text[first.Start..(last.Start + last.Length)]);
                }
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
