using System.Globalization;
using Archicortex.Documents;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>What recall over conversations promises whatever was said and whatever is asked.</summary>
[TestFixture]
sealed class DialogueLawsTests
{
    const int Top = 12;
    const double Close = 1e-9;

    [Test]
    public void The_fast_ranking_is_that_of_the_recipe_as_it_is_told([Range(1, 60)] int seed)
    {
        var chat = new RandomChat(seed);
        var memory = TestMemory.Of(chat.Turns(20 + (seed * 4)), 400);
        var naive = new NaiveDialogue(memory.View);
        for (var i = 0; i < 8; i++)
        {
            var weights = i % 4 == 3 ? DialogueWeights.Default with { Near = [1, 0.3, 0.1], Kind = 0.9 } : DialogueWeights.Default;
            AssertIsRecipe(naive, memory.View, chat.Question(), weights, $"seed {seed}");
        }
    }

    [Test]
    public void The_fast_ranking_is_that_of_the_recipe_where_one_asks_and_one_answers([Range(1, 20)] int seed)
    {
        var chat = new RandomChat(seed);
        var turns = chat.Turns(40 + (seed * 4)).ConvertAll(turn => turn with { Speaker = turn.Speaker is "Orla" ? "user" : turn.Speaker is null ? null : "assistant" });
        var memory = TestMemory.Of(turns, 400);
        var naive = new NaiveDialogue(memory.View);
        for (var i = 0; i < 8; i++)
        {
            var who = i % 2 == 0 ? " I " : " you ";
            var text = chat.Question().Replace("When did ", $"When did{who}", StringComparison.Ordinal)
                .Replace("How long has ", $"How long did{who}", StringComparison.Ordinal).Replace("What did ", $"What did{who}", StringComparison.Ordinal);
            Assert.That(Read(memory.View, text).IsByRole, text);
            AssertIsRecipe(naive, memory.View, text, i % 4 == 3 ? DialogueWeights.Default with { Role = 0.5 } : DialogueWeights.Default, $"seed {seed}");
        }
    }

    [Test]
    public void Any_history_answers_like_what_is_left_of_it([Range(1, 20)] int seed)
    {
        var chat = new RandomChat(seed);
        var turns = chat.Turns(60);
        var memory = new TestMemory(400);
        var live = new List<Document>();
        foreach (var turn in turns)
        {
            memory.Remember(turn);
            live.Add(turn);
            if (chat.Next(3) == 0)
            {
                var gone = live[chat.Next(live.Count)];
                memory.Forget(gone);
                live.Remove(gone);
            }

            if (chat.Next(8) != 0)
            {
                continue;
            }

            var fresh = TestMemory.Of(live, 400);
            Assert.That(memory.Views.StateHash(), Is.EqualTo(fresh.Views.StateHash()), $"seed {seed}");
            var text = chat.Question();
            var (one, other) = (Rank(memory.View, text), Rank(fresh.View, text));
            Assert.That(Ids(memory.View, one), Is.EqualTo(Ids(fresh.View, other)), $"seed {seed}: {text}");
            Assert.That(one.Select(found => found.Score), Is.EqualTo(other.Select(found => found.Score)).AsCollection.Within(Close), $"seed {seed}: {text}");
        }
    }

    [Test]
    public void Renaming_a_speaker_everywhere_changes_nothing([Range(1, 20)] int seed)
    {
        var chat = new RandomChat(seed);
        var turns = chat.Turns(60).ConvertAll(turn => turn with { Text = turn.Text + (chat.Next(4) == 0 ? " Thanks, Orla!" : "") });
        static string Renamed(string text) => text.Replace("Orla", "Quen", StringComparison.Ordinal);
        var renamed = turns.ConvertAll(turn => turn with { Text = Renamed(turn.Text), Speaker = turn.Speaker is { } speaker ? Renamed(speaker) : null });
        var (memory, other) = (TestMemory.Of(turns, 400).View, TestMemory.Of(renamed, 400).View);
        for (var i = 0; i < 6; i++)
        {
            var text = chat.Question();
            AssertSame(Rank(memory, text), Rank(other, Renamed(text)), $"seed {seed}: {text}");
        }
    }

    [Test]
    public void Shifting_all_days_and_those_of_the_question_changes_nothing([Range(1, 20)] int seed)
    {
        // By whole cycles of four years and of the week, so that leap days and weekdays stay where they are.
        const int ShiftDays = 7 * 1461;
        var chat = new RandomChat(seed);
        var turns = chat.Turns(60);
        static string Shifted(string text) => text.Replace("2023", "2051", StringComparison.Ordinal);
        var shifted = turns.ConvertAll(turn => turn with { Text = Shifted(turn.Text), Time = turn.Time?.AddDays(ShiftDays) });
        var (memory, other) = (TestMemory.Of(turns, 400).View, TestMemory.Of(shifted, 400).View);
        for (var i = 0; i < 6; i++)
        {
            var text = chat.Question();
            AssertSame(Rank(memory, text), Rank(other, Shifted(text)), $"seed {seed}: {text}");
        }
    }

    [Test]
    public void Without_weights_for_neighbours_turns_stand_in_the_order_of_their_words([Range(1, 20)] int seed)
    {
        var chat = new RandomChat(seed);
        var memory = TestMemory.Of(chat.Turns(80), 400);
        double[] wordsAlone = [1, .. new double[DialogueWeights.Features - 1]];
        var weights = new DialogueWeights { First = wordsAlone, Second = wordsAlone, Near = [1], Far = [], Kind = 0 };
        for (var i = 0; i < 6; i++)
        {
            var text = chat.Question().Replace(" in May", "", StringComparison.Ordinal).Replace(" on 10 May 2023", "", StringComparison.Ordinal);
            var question = Read(memory.View, text);
            if (question.Terms.Length == 0)
            {
                continue;
            }

            var expected = Enumerable.Range(0, memory.View.Graph.PassageCount)
                .Select(row => (Row: row, Score: question.Terms.Sum(term => Bm25(memory.View, row, term))))
                .Where(one => one.Score > 0)
                .OrderByDescending(one => Math.Round(one.Score, 10)).ThenBy(one => memory.View.Time.OrdinalOf(memory.View.Time.SessionOf(one.Row)))
                .ThenBy(one => memory.View.Time.PlaceOf(one.Row)).Take(Top).ToList();
            var found = Rank(memory.View, text, weights: weights);
            Assert.That(found.Select(one => one.Passage), Is.EqualTo(expected.Select(one => one.Row)), $"seed {seed}: {text}");
        }
    }

    [Test]
    public void Nothing_counts_across_the_end_of_a_session([Range(1, 10)] int seed)
    {
        var chat = new RandomChat(seed);
        var turns = chat.Turns(40).Where(turn => turn.Session is "session-0" or "session-1").ToList();
        turns[^1] = turns[^1] with { Session = "session-1", Text = "The xylograph arrived." };
        var memory = TestMemory.Of(turns, 400);
        var found = Rank(memory.View, "Where is the xylograph?", count: 100);
        Assert.That(found, Is.Not.Empty);
        Assert.That(found.Select(one => memory.View.Passage(one.Passage).Document.Session), Is.All.EqualTo("session-1"), $"seed {seed}");
    }

    [Test]
    public void Equal_turns_stand_in_the_order_in_which_they_were_said()
    {
        var turns = Enumerable.Range(0, 6).Select(i => new Document("The kettle is blue.")
        {
            Id = $"t{i}",
            Speaker = "Orla",
            Session = $"s{i}",
            Time = DateTimeOffset.UnixEpoch.AddDays(10 * (5 - i)),
        });
        var memory = TestMemory.Of(turns, 400);
        var found = Rank(memory.View, "Which kettle is blue?");
        Assert.That(found.Select(one => memory.View.Passage(one.Passage).Document.Id), Is.EqualTo(new[] { "t5", "t4", "t3", "t2", "t1", "t0" }));
    }

    [Test]
    public async Task A_conversation_in_another_scope_changes_nothing()
    {
        using var folder = new Archicortex.Testing.TempFolder();
        var chat = new RandomChat(3);
        var (turns, others) = (chat.Turns(40), new RandomChat(4).Turns(40));
        var questions = Enumerable.Range(0, 5).Select(_ => chat.Question()).ToList();
        var path = folder.File();
        await RememberAsync(path, "one", turns);
        var before = await AskAsync(path, "one", questions);
        await RememberAsync(path, "two", others);
        Assert.That(await AskAsync(path, "one", questions), Is.EqualTo(before));
    }

    [Test]
    public async Task A_memory_opened_from_a_snapshot_answers_the_same_bytes()
    {
        using var folder = new Archicortex.Testing.TempFolder();
        var chat = new RandomChat(5);
        var questions = Enumerable.Range(0, 6).Select(_ => chat.Question()).ToList();
        string before;
        await using (var memory = await GraphMemory.OpenAsync(folder.File(), new() { SnapshotEvery = 1 }))
        {
            await memory.RememberAsync(chat.Turns(60));
            await memory.ForgetAsync("turn-7");
            before = await AskAsync(memory, questions);
        }

        await using var again = await GraphMemory.OpenAsync(folder.File(), new() { SnapshotEvery = 1 });
        Assert.That(await AskAsync(again, questions), Is.EqualTo(before));
        Assert.That((await again.VerifyAsync()).Problems, Is.Empty);
        await again.RememberAsync(new Document("The kelmo is new.") { Speaker = "Orla", Session = "session-9" });
        Assert.That((await again.VerifyAsync()).Problems, Is.Empty);
    }

    static async Task RememberAsync(string path, string scope, List<Document> turns)
    {
        await using var memory = await GraphMemory.OpenAsync(path, new() { Scope = scope });
        await memory.RememberAsync(turns);
    }

    static async Task<string> AskAsync(string path, string scope, List<string> questions)
    {
        await using var memory = await GraphMemory.OpenAsync(path, new() { Scope = scope });
        return await AskAsync(memory, questions);
    }

    static async Task<string> AskAsync(GraphMemory memory, List<string> questions)
    {
        var lines = new List<string>();
        foreach (var question in questions)
        {
            var answer = await memory.RecallAsync(question, new() { Top = 20, Strategy = RecallStrategy.Dialogue, Explain = true });
            lines.AddRange(answer.Passages.Select(passage => string.Create(
                CultureInfo.InvariantCulture, $"{passage.PassageId} {passage.Score:R} {string.Join('|', passage.Explanation!.Parts)}")));
        }

        return string.Join('\n', lines);
    }

    static void AssertSame(DialoguePassage[] one, DialoguePassage[] other, string label)
    {
        Assert.That(other.Select(found => found.Passage), Is.EqualTo(one.Select(found => found.Passage)), label);
        Assert.That(other.Select(found => found.Score), Is.EqualTo(one.Select(found => found.Score)).AsCollection.Within(Close), label);
    }

    static void AssertIsRecipe(NaiveDialogue naive, RecallView view, string text, DialogueWeights weights, string label)
    {
        var expected = naive.Rank(Read(view, text), weights, Top);
        var found = Rank(view, text, weights: weights);
        Assert.That(found.Select(one => one.Score), Is.EqualTo(expected.Select(one => one.Score)).AsCollection.Within(Close), $"{label}: {text}");
        Assert.That(found.Select(one => one.Passage), Is.EqualTo(expected.Select(one => one.Row)), $"{label}: {text}");
    }

    static double Bm25(RecallView view, int row, DialogueTerm term)
    {
        foreach (var posting in view.Turns.Terms(row))
        {
            if (Archicortex.Indexing.Posting.Passage(posting) == term.Stem)
            {
                return view.Turns.Score(term.Idf, row, Archicortex.Indexing.Posting.Count(posting));
            }
        }

        return 0;
    }

    static IEnumerable<string?> Ids(RecallView view, DialoguePassage[] found) => found.Select(one => view.Passage(one.Passage).Document.Id);

    static DialogueQuestion Read(RecallView view, string question) => DialogueQuestion.Read(view, ChainRecallTests.Read(view, question));

    static DialoguePassage[] Rank(RecallView view, string question, int count = Top, DialogueWeights? weights = null) =>
        DialogueRecall.Rank(view, Read(view, question), new DialogueRequest(count, IsTraced: true) { Weights = weights }, new RecallScratch());
}
