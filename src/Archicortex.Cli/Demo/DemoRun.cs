using System.Globalization;
using Archicortex.Cli.Commands;
using Archicortex.Cli.Rendering;

namespace Archicortex.Cli.Demo;

/// <summary>Builds the demo's memory, asks, and measures over all questions.</summary>
sealed class DemoRun(Terminal terminal, int top)
{
    const string Somebody = "Konstantin Weyl";
    const string AskedOfSomebody = "Who directed Tidewrack?";
    const int FactsShown = 3;

    static readonly string[] Shown =
    [
        "question/brewery-regatta", "question/stolen-picture-teacher", "question/all-mariners-bell", "question/jade-heron-building",
        "question/carrigane-captain", "question/first-rector", "question/seal-island", "question/tomas-flat",
    ];

    /// <param name="path">The memory's file; null for one in the temporary folder, made anew.</param>
    /// <param name="question">The only question to ask; null for the prepared ones.</param>
    /// <param name="ct">Stops between steps.</param>
    public async Task RunAsync(string? path, string? question, CancellationToken ct)
    {
        var page = new DemoPage(terminal.Page, terminal.Width, top);
        var file = path ?? Fresh();
        await Memories.WriteAsync(file, GraphMemoryOptions.DefaultScope, terminal, async memory =>
        {
            await BuildAsync(memory, file, page, ct).ConfigureAwait(false);
            await AskAllAsync(memory, file, question, page, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
    }

    async Task AskAllAsync(GraphMemory memory, string path, string? question, DemoPage page, CancellationToken ct)
    {
        var questions = DemoCorpus.Questions();
        if (question is not null)
        {
            var known = questions.Find(one => string.Equals(one.Text, question.Trim(), StringComparison.OrdinalIgnoreCase));
            page.Write(await AskAsync(memory, known ?? new DemoQuestion("", question, [], "", "your question"), true, ct).ConfigureAwait(false), null);
            return;
        }

        for (var i = 0; i < Shown.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {Shown.Length}");
            page.Write(await AskAsync(memory, questions.First(one => one.Id == Shown[i]), true, ct).ConfigureAwait(false), place);
        }

        var all = new List<DemoAnswer>();
        foreach (var one in questions)
        {
            all.Add(await AskAsync(memory, one, false, ct).ConfigureAwait(false));
        }

        page.WriteSummary(all);
        await TellAsync(memory, page, ct).ConfigureAwait(false);
        page.WriteNext(path, questions.First(one => one.Id == Shown[0]).Text, AskedOfSomebody);
    }

    /// <summary>Beyond passages: what is known of somebody, and an answer, both without a model.</summary>
    static async Task TellAsync(GraphMemory memory, DemoPage page, CancellationToken ct)
    {
        var facts = await memory.FindFactsAsync(new FactQuery { About = Somebody, Top = FactsShown }, ct).ConfigureAwait(false);
        var answer = await memory.AskAsync(AskedOfSomebody, new AskOptions { WithoutModel = true }, ct).ConfigureAwait(false);
        page.WriteFactsAndAnswer(Somebody, facts, answer);
    }

    async Task BuildAsync(GraphMemory memory, string path, DemoPage page, CancellationToken ct)
    {
        var documents = await DemoCorpus.DocumentsAsync(ct).ConfigureAwait(false);
        var start = terminal.Clock.GetTimestamp();
        await memory.RememberAsync(documents, null, ct).ConfigureAwait(false);
        var elapsed = terminal.Clock.GetElapsedTime(start);
        page.WriteHead(path, await memory.GetStatusAsync(ct).ConfigureAwait(false), elapsed);
    }

    static async Task<DemoAnswer> AskAsync(GraphMemory memory, DemoQuestion question, int count, bool explain, CancellationToken ct) => new(
        question,
        await memory.RecallAsync(question.Text, new RecallOptions { Top = count, Explain = explain }, ct).ConfigureAwait(false),
        await memory.RecallAsync(question.Text, new RecallOptions { Top = count, Strategy = RecallStrategy.Flat }, ct).ConfigureAwait(false));

    Task<DemoAnswer> AskAsync(GraphMemory memory, DemoQuestion question, bool explain, CancellationToken ct) =>
        AskAsync(memory, question, top, explain, ct);

    /// <summary>The file of an earlier demo makes way. The lock file beside it stays: see its own remarks.</summary>
    static string Fresh()
    {
        var path = Path.Combine(Path.GetTempPath(), "demo.archicortex");
        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + ending);
        }

        return path;
    }
}
