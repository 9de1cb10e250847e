namespace Archicortex.Revisions;

/// <summary>A thing with named properties, which may be the same thing as another record: a row of a table, a card, an entity with its facts.</summary>
/// <param name="Id">What its source calls it.</param>
/// <param name="Fields">Its properties by name, as they are written; what is not known is left out, or empty.</param>
sealed record EntityCard(string Id, IReadOnlyDictionary<string, string> Fields);

/// <summary>Two records that are one thing.</summary>
/// <param name="Left">Place in the first list.</param>
/// <param name="Right">Place in the second.</param>
/// <param name="Bits">Evidence beyond what is needed, as log2 of the odds.</param>
/// <param name="Evidence">What each field adds.</param>
readonly record struct RecordMatch(int Left, int Right, double Bits, FieldEvidence[] Evidence);

/// <summary>What a field says for, or against, two records being one.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Likeness">How far the two values agree.</param>
/// <param name="Bits">log2 of how much more often things that are one agree so far than others do.</param>
readonly record struct FieldEvidence(string Field, Likeness Likeness, double Bits);
