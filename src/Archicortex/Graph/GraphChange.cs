using Archicortex.Documents;
using Archicortex.Facts;

namespace Archicortex.Graph;

/// <summary>The only way the graph changes: one passage comes, or one goes.</summary>
/// <param name="Kind">Whether it comes or goes.</param>
/// <param name="PassageId">Content id of the passage.</param>
/// <param name="DocumentId">Content id of its document.</param>
/// <param name="Reading">What reading the passage finds, its words numbered. Void after the change is applied.</param>
/// <param name="Row">Its row, when it goes.</param>
readonly record struct GraphChange(GraphChangeKind Kind, UInt128 PassageId, UInt128 DocumentId, PassageReading Reading, int Row)
{
    public static GraphChange Add(Passage passage, PassageReading reading) =>
        new(GraphChangeKind.Add, passage.Id.Value, passage.DocumentId.Value, reading, -1);

    public static GraphChange Remove(int row, Passage passage, PassageReading reading) =>
        new(GraphChangeKind.Remove, passage.Id.Value, passage.DocumentId.Value, reading, row);
}

enum GraphChangeKind
{
    Add,
    Remove,
}
