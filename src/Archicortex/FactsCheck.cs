using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Language;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>What facts must be to be recorded, and what a log may hold of them.</summary>
static class FactsCheck
{
    const int ExtractorCharsMax = 200;
    const int PartCharsMax = 2000;

    /// <summary>Facts one passage may have.</summary>
    const int FactsMax = 10_000;

    /// <exception cref="ArgumentException">The name is blank, too long, or taken.</exception>
    public static void Extractor(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > ExtractorCharsMax || name is FactExtractors.Rules or FactExtractors.Given)
        {
            throw new ArgumentException(
                $"An extractor is called by 1 to {ExtractorCharsMax} characters, neither 'rules' nor 'given'; this one is '{name}'.", nameof(name));
        }
    }

    /// <summary>The payload that records facts, every text in Unicode normal form C.</summary>
    /// <param name="id">The document.</param>
    /// <param name="extractor">Who read it.</param>
    /// <param name="passages">What was read, one for each passage.</param>
    /// <param name="lengths">Lengths of the document's passages; null if there is no such document.</param>
    /// <exception cref="ArgumentException">The facts do not fit the document.</exception>
    public static FactsPayload Payload(DocumentId id, string extractor, IReadOnlyList<Extraction> passages, int[]? lengths)
    {
        if (lengths is null)
        {
            throw new ArgumentException($"Document {id} is not remembered. Remember it first, then record its facts.");
        }

        var payload = new FactsPayload
        {
            DocumentId = id.ToString(),
            Extractor = UnicodeText.Compose(extractor),
            Passages = [.. passages.Select(passage => passage with { Facts = [.. passage.Facts.Select(Normal)] })],
        };
        return Problem(payload, lengths) is { } problem ? throw new ArgumentException(problem) : payload;
    }

    /// <summary>What is wrong with recorded facts; null if nothing is.</summary>
    public static string? Problem(FactsPayload payload, int[] lengths)
    {
        if (payload.Passages.Length != lengths.Length)
        {
            return $"Document {payload.DocumentId} has {lengths.Length} passages; there are facts for {payload.Passages.Length}. "
                + "Give one extraction a passage.";
        }

        for (var i = 0; i < lengths.Length; i++)
        {
            if (payload.Passages[i].Facts.Count > FactsMax)
            {
                return $"Passage {i + 1} of document {payload.DocumentId} has {payload.Passages[i].Facts.Count:N0} facts; the limit is {FactsMax:N0}.";
            }

            if (payload.Passages[i].Facts.Select(fact => Problem(fact, lengths[i])).FirstOrDefault(problem => problem is not null) is { } problem)
            {
                return $"Passage {i + 1} of document {payload.DocumentId}: {problem}";
            }
        }

        return null;
    }

    static string? Problem(Fact fact, int length)
    {
        var name = $"the fact '{fact.Subject}' – '{fact.Relation}' – '{fact.Object}'";
        if (string.IsNullOrWhiteSpace(fact.Subject) || string.IsNullOrWhiteSpace(fact.Relation) || string.IsNullOrWhiteSpace(fact.Object))
        {
            return $"{name} has a blank part. Leave it out.";
        }

        if (FactKeys.Entity(fact.Subject).Length == 0 || FactKeys.Relation(fact.Relation).Length == 0 || FactKeys.Entity(fact.Object).Length == 0)
        {
            return $"{name} has a part without a letter or digit, by which nothing could be found. Leave it out.";
        }

        if (Math.Max(Math.Max(fact.Subject.Length, fact.Relation.Length), fact.Object.Length) > PartCharsMax)
        {
            return $"the fact about '{fact.Subject[..Math.Min(80, fact.Subject.Length)]}' has a part of more than {PartCharsMax:N0} characters. Shorten it.";
        }

        if (!Enum.IsDefined(fact.Modality) || !Enum.IsDefined(fact.Kind) || (fact.Granularity is { } exactness && !Enum.IsDefined(exactness)))
        {
            return $"{name} has the modality {fact.Modality}, the kind {fact.Kind} and the granularity {fact.Granularity}. Use the values that have names.";
        }

        if (fact.Confidence is not (> 0 and <= 1))
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} has the confidence {fact.Confidence}. It must lie in (0, 1].");
        }

        if (fact.Evidence.Start < 0 || fact.Evidence.Length < 0 || fact.Evidence.Start > length - fact.Evidence.Length)
        {
            return $"{name} has its evidence at {fact.Evidence.Start}, {fact.Evidence.Length} characters long, in a passage of {length}. "
                + "It must lie inside.";
        }

        return fact.Valid.From >= fact.Valid.To ? $"{name} ends before it begins. Swap or leave out its days." : null;
    }

    static Fact Normal(Fact fact) => fact with
    {
        Subject = UnicodeText.Compose(fact.Subject ?? ""),
        Relation = UnicodeText.Compose(fact.Relation ?? ""),
        Object = UnicodeText.Compose(fact.Object ?? ""),
        AttributedTo = fact.AttributedTo is { } by ? UnicodeText.Compose(by) : null,
    };
}
