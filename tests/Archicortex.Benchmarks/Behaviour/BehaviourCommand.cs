using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Archicortex.Benchmarks.Behaviour;

/// <summary>The <c>quality behaviour</c> command: how recall behaves where the memory of people does not behave evenly.</summary>
/// <remarks>One interface, <see cref="GraphMemory.RecallAsync"/>, with default settings, among 10 or 10,000 turns that are asked for by nobody.</remarks>
static class BehaviourCommand
{
    const int Top = 5;

    public static Command Create()
    {
        var distractors = new Option<int[]>("--distractors")
        {
            Description = "Turns around what is studied; a column each.",
            DefaultValueFactory = _ => [10, 100, 1_000, 10_000],
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = new Option<int>("--seed") { Description = "Another seed, other distractors.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print JSON lines only." };
        var command = new Command("behaviour", "Serial position, order, spacing and interference: how even recall is, among few and many distractors.")
        {
            distractors, seed, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sizes = parsed.GetValue(distractors)!;
            var columns = new List<List<Row>>();
            foreach (var size in sizes)
            {
                columns.Add(await RunAsync(new Study(parsed.GetValue(seed), size), cancellationToken).ConfigureAwait(false));
            }

            Print(sizes, columns, parsed.GetValue(json));
        });
        return command;
    }

    static async Task<List<Row>> RunAsync(Study study, CancellationToken cancellationToken)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await memory.RememberAsync(study.Turns, cancellationToken: cancellationToken).ConfigureAwait(false);
        var places = new List<(Probe Probe, int Place)>();
        foreach (var probe in study.Probes)
        {
            var recalled = await memory.RecallAsync(probe.Question, new() { Top = Top }, cancellationToken).ConfigureAwait(false);
            places.Add((probe, recalled.Passages.TakeWhile(passage => !probe.Gold.Contains(passage.DocumentName)).Count()));
        }

        return
        [
            .. places.GroupBy(one => (one.Probe.Behaviour, one.Probe.Condition)).Select(group => new Row(
                group.Key.Behaviour,
                group.Key.Condition,
                group.Count(),
                100.0 * group.Count(one => one.Place == 0) / group.Count(),
                100.0 * group.Count(one => one.Place < Top) / group.Count())),
        ];
    }

    static void Print(int[] sizes, List<List<Row>> columns, bool jsonOnly)
    {
        if (!jsonOnly)
        {
            Console.WriteLine("Share of questions whose turn is first / among the first five, by distractors");
            Console.WriteLine($"{"",-42}{string.Concat(sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture).PadLeft(16)))}");
            for (var i = 0; i < columns[0].Count; i++)
            {
                var cells = string.Concat(columns.Select(column => column[i].Cell.PadLeft(16)));
                Console.WriteLine($"{columns[0][i].Behaviour + ", " + columns[0][i].Condition,-42}{cells}");
            }
        }

        foreach (var (size, rows) in sizes.Zip(columns))
        {
            foreach (var row in rows)
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    behaviour = row.Behaviour,
                    condition = row.Condition,
                    distractors = size,
                    questions = row.Questions,
                    recall1 = Math.Round(row.First, 1),
                    recall5 = Math.Round(row.Five, 1),
                }));
            }
        }
    }

    /// <summary>What a condition came to, in percent.</summary>
    sealed record Row(string Behaviour, string Condition, int Questions, double First, double Five)
    {
        public string Cell => string.Create(CultureInfo.InvariantCulture, $"{First:0.0} / {Five:0.0}");
    }
}
