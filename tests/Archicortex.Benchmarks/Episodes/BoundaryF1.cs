namespace Archicortex.Benchmarks.Episodes;

/// <summary>How many boundaries were found, and how many of those found are some.</summary>
static class BoundaryF1
{
    /// <summary>F1 of boundaries, each matched once, within a tolerance in turns.</summary>
    public static double Of(IReadOnlyCollection<int> found, IReadOnlyCollection<int> gold, int tolerance)
    {
        var left = gold.ToList();
        var hits = 0;
        foreach (var place in found)
        {
            var nearest = left.Where(one => Math.Abs(one - place) <= tolerance).OrderBy(one => Math.Abs(one - place)).Cast<int?>().FirstOrDefault();
            if (nearest is { } hit)
            {
                left.Remove(hit);
                hits++;
            }
        }

        return found.Count + gold.Count == 0 ? 1 : 2.0 * hits / (found.Count + gold.Count);
    }
}
