using System.Globalization;
using System.Text;
using Archicortex.Recall;

namespace Archicortex.Cli.Rendering;

/// <summary>A score as the sum of its parts, rounded so that what is printed adds up.</summary>
static class ScoreSum
{
    const double Unit = 10_000;

    /// <summary>"0.8123 = walk over the graph 0.4012 + title in the question 0.4111"</summary>
    public static string Line(double score, IReadOnlyList<ScorePart> parts)
    {
        var shown = Rounded(score, parts);
        var line = new StringBuilder(Number(Math.Round(score * Unit) / Unit)).Append(" =");
        for (var i = 0; i < parts.Count; i++)
        {
            line.Append(i == 0 ? " " : shown[i] < 0 ? " − " : " + ")
                .Append(Shell.Harmless(parts[i].Name)).Append(' ').Append(Number(i == 0 ? shown[i] : Math.Abs(shown[i])));
        }

        return line.ToString();
    }

    /// <summary>The parts to four places; the places lost go to those that lost most.</summary>
    static double[] Rounded(double score, IReadOnlyList<ScorePart> parts)
    {
        var units = parts.Select(part => Math.Floor(part.Value * Unit)).ToArray();
        var missing = (int)Math.Clamp(Math.Round(score * Unit) - units.Sum(), 0, parts.Count);
        foreach (var row in Enumerable.Range(0, parts.Count).OrderByDescending(row => (parts[row].Value * Unit) - units[row]).Take(missing))
        {
            units[row]++;
        }

        return [.. units.Select(unit => unit / Unit)];
    }

    static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}

/// <summary>Where a passage's mass came from.</summary>
static class SeedShares
{
    /// <summary>"Kittiwake Brewery 62 %, Brass Lantern Inn 30 %, others 8 %"</summary>
    public static string Line(IReadOnlyList<SeedShare> seeds)
    {
        var shown = seeds.Where(seed => Percent(seed.Share) > 0)
            .Select(seed => (Text: seed.Kind == PathStepKind.Words ? "the question's words" : Shell.Short(seed.Text, 60), Percent: Percent(seed.Share)))
            .ToList();
        var others = 100 - shown.Sum(seed => seed.Percent);
        var line = string.Join(", ", shown.Select(seed => string.Create(CultureInfo.InvariantCulture, $"{seed.Text} {seed.Percent} %")));
        return others > 0 && shown.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line}, others {others} %") : line;
    }

    static int Percent(double share) => (int)Math.Floor((share * 100) + 0.5);
}
