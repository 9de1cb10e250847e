using System.CommandLine;
using System.Globalization;
using Archicortex.Documents;

namespace Archicortex.Benchmarks.Quality;

/// <summary>The <c>dialogue-speed</c> command: what a question costs in a memory of many conversations, and after one more turn.</summary>
/// <remarks>
/// The conversations of a set are remembered once as they are, then again and again as other people's: with other names, in sessions of
/// their own, on later days. So words are as frequent as in real chats, and no document is twice the same.
/// </remarks>
static class DialogueSpeedCommand
{
    const int WarmUpQuestions = 50;
    const int MoreTurns = 60;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder with corpus.jsonl and questions.jsonl of conversations.", Required = true };
        var turns = new Option<int>("--turns") { Description = "Turns to pad the memory to.", DefaultValueFactory = _ => 100_000 };
        var asked = new Option<int>("--questions") { Description = "Questions to ask.", DefaultValueFactory = _ => 400 };
        var strategy = new Option<RecallStrategy>("--strategy") { Description = "dialogue or another.", DefaultValueFactory = _ => RecallStrategy.Dialogue };
        var command = new Command("dialogue-speed", "Asks the questions of conversations in a memory padded with other conversations.") { data, turns, asked, strategy };
        command.SetAction(async (parsed, _) => await RunAsync(
            EvaluationSet.Read(parsed.GetValue(data)!.FullName, stripTitles: false),
            parsed.GetValue(turns), parsed.GetValue(asked), parsed.GetValue(strategy)).ConfigureAwait(false));
        return command;
    }

    static async Task RunAsync(EvaluationSet set, int turns, int asked, RecallStrategy strategy)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(new() { SnapshotEvery = int.MaxValue }).ConfigureAwait(false);
        var before = ThreadCpu.Now;
        await memory.RememberAsync(Copies(set).Take(turns)).ConfigureAwait(false);
        var indexed = (ThreadCpu.Now - before).TotalSeconds;
        var options = new RecallOptions { Top = 10, Strategy = strategy };

        // Questions of all conversations, not of the first ones only.
        var step = Math.Max(1, set.Questions.Count / Math.Max(1, asked));
        var questions = set.Questions.Where((_, i) => i % step == 0).Take(asked).Select(question => question.Text).ToList();
        foreach (var question in questions.Take(WarmUpQuestions))
        {
            await memory.RecallAsync(question, options).ConfigureAwait(false);
        }

        var recalls = new List<double>();
        foreach (var question in questions)
        {
            recalls.Add(await CpuMsAsync(() => memory.RecallAsync(question, options)).ConfigureAwait(false));
        }

        var (remembers, firsts) = (new List<double>(), new List<double>());
        for (var i = 0; i < MoreTurns; i++)
        {
            var one = new Document(string.Create(CultureInfo.InvariantCulture, $"One more thing, number {i}: the kettle is blue.")) { Speaker = "Odo", Session = "more" };
            remembers.Add(await CpuMsAsync(() => memory.RememberAsync(one)).ConfigureAwait(false));
            firsts.Add(await CpuMsAsync(() => memory.RecallAsync(questions[i % questions.Count], options)).ConfigureAwait(false));
        }

        Print("index, turns a CPU second", [turns / indexed]);
        Print("recall, CPU ms", recalls);
        Print("remember one more turn, CPU ms", remembers);
        Print("first recall after it, CPU ms", firsts);
    }

    static IEnumerable<Document> Copies(EvaluationSet set)
    {
        var speakers = set.Corpus.Select(record => record.Document.Speaker).OfType<string>().Distinct().ToList();
        foreach (var record in set.Corpus)
        {
            yield return record.Document with { Session = $"{record.Group}/{record.Document.Session}" };
        }

        for (var copy = 1; ; copy++)
        {
            var names = speakers.Select((speaker, i) => (speaker, Name(copy, i))).ToList();
            foreach (var record in set.Corpus)
            {
                var document = record.Document;
                yield return document with
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{document.Id}~{copy}"),
                    Text = Renamed(document.Text, names),
                    Speaker = document.Speaker is { } speaker ? Renamed(speaker, names) : null,
                    Session = string.Create(CultureInfo.InvariantCulture, $"{record.Group}/{document.Session}~{copy}"),
                    Time = document.Time?.AddDays(copy * 3),
                };
            }
        }
    }

    static string Renamed(string text, List<(string Old, string New)> names)
    {
        foreach (var (old, other) in names)
        {
            text = text.Replace(old, other, StringComparison.Ordinal);
        }

        return text;
    }

    static string Name(int copy, int speaker)
    {
        string[] syllables = ["ba", "do", "ke", "lin", "mo", "ra", "su", "ti", "ve", "zan"];
        var number = (copy * 31) + speaker + 100;
        return string.Concat(number.ToString(CultureInfo.InvariantCulture).Select((digit, i) => i == 0 ? Capital(syllables[digit - '0']) : syllables[digit - '0']));
    }

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    static async Task<double> CpuMsAsync<T>(Func<Task<T>> act)
    {
        var before = ThreadCpu.Now;
        await act().ConfigureAwait(false);
        return (ThreadCpu.Now - before).TotalMilliseconds;
    }

    static void Print(string label, List<double> values)
    {
        values.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{label,-32} p50 {values[values.Count / 2],8:0.00}  p99 {values[(int)(.99 * (values.Count - 1))],8:0.00}"));
    }
}
