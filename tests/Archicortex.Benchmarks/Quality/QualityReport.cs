using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Archicortex.Benchmarks.Quality;

/// <summary>The figures of one set, in percent with one decimal.</summary>
sealed class QualityReport(string set, string strategy, IReadOnlyList<AskedQuestion> asked, RunCost cost)
{
    public static string TableHead => $"{"",-42}{"R@1",7}{"R@2",7}{"R@5",7}{"R@10",7}{"all@5",7}{"all@10",7}{"MRR",7}{"nDCG",7}{"keep2",7}{"p50 ms",8}{"p99 ms",8}";

    public string TableRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Short(set),-42}{Mean(m => m.Recall1),7:0.0}{Mean(m => m.Recall2),7:0.0}{Mean(m => m.Recall5),7:0.0}{Mean(m => m.Recall10),7:0.0}{Mean(m => m.AllGold5 ? 1 : 0),7:0.0}{Mean(m => m.AllGold10 ? 1 : 0),7:0.0}{Mean(m => m.ReciprocalRank),7:0.0}{Mean(m => m.Ndcg10),7:0.0}{Keep,7:0.0}{CpuMs(.5),8:0.00}{CpuMs(.99),8:0.00}");

    /// <summary>One JSON object; later versions add fields, none is removed.</summary>
    public string Json()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("set", set);
            writer.WriteString("strategy", strategy);
            writer.WriteNumber("questions", asked.Count);
            WriteMeasures(writer, asked);
            writer.WriteStartObject("byCategory");
            foreach (var category in asked.GroupBy(question => question.Question.Category ?? "all").OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(category.Key);
                writer.WriteNumber("questions", category.Count());
                WriteMeasures(writer, [.. category]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteNumber("flatFirstKeptInTop2", Round(Keep));
            writer.WriteNumber("passages", cost.Passages);
            writer.WriteNumber("indexSeconds", Math.Round(cost.IndexSeconds, 3));
            writer.WriteNumber("queryCpuMsP50", Math.Round(CpuMs(.5), 3));
            writer.WriteNumber("queryCpuMsP99", Math.Round(CpuMs(.99), 3));
            writer.WriteNumber("peakRssMb", Math.Round(cost.PeakRssMb, 1));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Of the questions whose first text hit is gold, the share that keep a gold passage in the top two.</summary>
    double Keep
    {
        get
        {
            var firsts = asked.Where(question => question.FlatHasGoldFirst).ToList();
            return firsts.Count == 0 ? 100 : 100.0 * firsts.Count(question => question.HasGoldInTop2) / firsts.Count;
        }
    }

    static void WriteMeasures(Utf8JsonWriter writer, IReadOnlyList<AskedQuestion> questions)
    {
        void Field(string name, Func<Measures, double> measure) =>
            writer.WriteNumber(name, Round(questions.Count == 0 ? 0 : 100 * questions.Average(question => measure(question.Measures))));
        Field("recall@1", m => m.Recall1);
        Field("recall@2", m => m.Recall2);
        Field("recall@5", m => m.Recall5);
        Field("recall@10", m => m.Recall10);
        Field("allGold@5", m => m.AllGold5 ? 1 : 0);
        Field("allGold@10", m => m.AllGold10 ? 1 : 0);
        Field("mrr", m => m.ReciprocalRank);
        Field("ndcg@10", m => m.Ndcg10);
    }

    double Mean(Func<Measures, double> measure) => asked.Count == 0 ? 0 : 100 * asked.Average(question => measure(question.Measures));

    double CpuMs(double quantile)
    {
        var sorted = asked.Select(question => question.CpuMs).Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)(quantile * (sorted.Length - 1))];
    }

    static double Round(double value) => Math.Round(value, 1);

    static string Short(string name) => name.Length <= 40 ? name : "all together";
}
