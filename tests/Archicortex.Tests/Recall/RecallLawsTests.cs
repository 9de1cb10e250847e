using System.Globalization;
using System.Text;
using Archicortex.Documents;
using Archicortex.Recall;
using Archicortex.Storage;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>What recall promises whatever is in the memory and whatever is asked.</summary>
[TestFixture]
sealed class RecallLawsTests
{
    static readonly GraphMemoryOptions Small = new() { PassageWordsMax = 25 };
    static readonly RecallOptions ExplainedTwenty = new() { Top = 20, Explain = true };

    [Test]
    public async Task The_ranking_does_not_depend_on_the_order_of_arrival([Range(1, 25)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(25);
        var questions = Enumerable.Range(0, 4).Select(_ => corpus.Question()).ToList();
        foreach (var isExact in (bool[])[true, false])
        {
            await using var first = await Remember(documents, Small with { ExactWalk = isExact });
            await using var second = await Remember(corpus.Shuffled(documents), Small with { ExactWalk = isExact });
            foreach (var question in questions)
            {
                var (one, other) = (await first.RecallAsync(question, ExplainedTwenty), await second.RecallAsync(question, ExplainedTwenty));
                Assert.That(
                    other.Passages.Select(passage => passage.PassageId), Is.EqualTo(one.Passages.Select(passage => passage.PassageId)),
                    $"seed {seed}, exact {isExact}: {question}");
            }
        }
    }

    [Test]
    public async Task Twins_are_ranked_by_content_id_whatever_the_order_of_arrival([Values(true, false)] bool isExact, [Range(1, 10)] int seed)
    {
        // Ten passages alike in all but their ids: their scores are equal, and only the id may decide.
        var documents = Enumerable.Range(0, 10)
            .Select(i => new Document("they say Orla Sif of Tarn met Bram Quell there.") { Id = "twin-" + i })
            .Append(new Document("they say Bram Quell never slept.") { Id = "other" }).ToList();
        await using var memory = await Remember(new RandomCorpus(seed).Shuffled(documents), Small with { ExactWalk = isExact });
        var answer = await memory.RecallAsync("Where did Orla Sif meet a friend?", new() { Top = 10 });
        Assert.That(answer.Passages.Select(passage => passage.Score), Is.All.EqualTo(answer.Passages[1].Score).Within(1e-9)
            .Or.EqualTo(answer.Passages[0].Score));
        Assert.That(
            answer.Passages.Skip(1).Select(passage => passage.PassageId.Value), Is.Ordered, $"seed {seed}");
    }

    [Test]
    public async Task What_was_forgotten_leaves_no_trace_in_the_ranking([Range(1, 15)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(30);
        await using var fresh = await Remember(documents[..20], Small with { ExactWalk = true });
        await using var used = await Remember(documents, Small with { ExactWalk = true });
        foreach (var document in documents[20..])
        {
            await used.ForgetAsync(document.Id!);
        }

        for (var i = 0; i < 4; i++)
        {
            var question = corpus.Question();
            var (one, other) = (await fresh.RecallAsync(question, ExplainedTwenty), await used.RecallAsync(question, ExplainedTwenty));
            Assert.That(
                other.Passages.Select(passage => passage.PassageId), Is.EqualTo(one.Passages.Select(passage => passage.PassageId)),
                $"seed {seed}: {question}");
        }
    }

    [Test]
    public async Task Concurrent_recalls_equal_sequential_ones_while_another_thread_remembers([Range(1, 3)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(40);
        var questions = Enumerable.Range(0, 8).Select(_ => corpus.Question()).ToArray();
        var memory = TestMemory.Of(documents[..20]);
        var view = memory.View;
        string Ask(string question, RecallScratch scratch) => string.Join(' ', ChainRecall
            .Rank(view, ChainRecallTests.Read(view, question), new(10, false, true), scratch)
            .Select(ranked => string.Create(CultureInfo.InvariantCulture, $"{ranked.Passage}:{ranked.Score:R}")));
        var expected = questions.Select(question => Ask(question, new())).ToArray();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var scratch = new RecallScratch();
            return Enumerable.Range(0, 40).Select(i => Ask(questions[i % questions.Length], scratch)).ToArray();
        })).ToArray();
        documents[20..].ForEach(memory.Remember);
        documents[..10].ForEach(memory.Forget);
        foreach (var answers in await Task.WhenAll(readers))
        {
            for (var i = 0; i < answers.Length; i++)
            {
                Assert.That(answers[i], Is.EqualTo(expected[i % questions.Length]), $"seed {seed}: {questions[i % questions.Length]}");
            }
        }
    }

    [Test]
    public async Task Recalling_writes_nothing()
    {
        var corpus = new RandomCorpus(7);
        await using var store = new InMemoryStore();
        await using var memory = await GraphMemory.OpenAsync(store, Small);
        await memory.RememberAsync(corpus.Documents(20));
        var before = (await memory.GetStateHashAsync(), await store.HeadAsync());
        for (var i = 0; i < 20; i++)
        {
            await memory.RecallAsync(corpus.Question(), new() { Explain = true, Strategy = (RecallStrategy)(i % 4) });
        }

        Assert.That((await memory.GetStateHashAsync(), await store.HeadAsync()), Is.EqualTo(before));
    }

    [TestCase("tr-TR")]
    [TestCase("ar-SA")]
    public async Task The_culture_of_the_caller_changes_nothing(string name)
    {
        var corpus = new RandomCorpus(9);
        var documents = corpus.Documents(20);
        documents.Add(new("THE INDIGO ISLAND İZMİR IS 1.5 miles from Istanbul, I think.") { Title = "INDIGO ISLAND" });
        string[] questions = [corpus.Question(), corpus.Question(), "WHERE IS INDIGO ISLAND?", "indigo island izmir"];
        var before = CultureInfo.CurrentCulture;
        var expected = await AskAll(documents, questions);
        try
        {
            CultureInfo.CurrentCulture = Culture(name);
            Assert.That(await AskAll(documents, questions), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public async Task Hostile_questions_never_throw([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        await using var memory = await Remember(new RandomCorpus(seed).Documents(12), Small);
        await memory.RememberAsync(new Document("北京 is where 张伟 met José García. \u0958 नि 🙂 ﷺ x\u0301\u0323.") { Title = "张伟 (actor), 北京" });
        string[] parts =
            ["张伟", "北京", "José", "e\u0301", "\u0958", "🙂", "\uD83D", "\uDE42", "\0",
                "'", "’s", ".", "-", "(", "\n\n", "ﷺ", "\u202E", "\uFEFF", "a",
                "Who",
                "met", "García", " ", " ", "\u0301", "1982", "%s", "{0}", "--", ";DROP", "ŉ", "İ", "ß", new('x', 41)];
        for (var i = 0; i < 150; i++)
        {
            var question = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)]));
            if (!string.IsNullOrWhiteSpace(question))
            {
                var options = new RecallOptions { Explain = true, Strategy = (RecallStrategy)random.Next(4) };
                Assert.That(async () => await memory.RecallAsync(question, options), Throws.Nothing, $"seed {seed}: {Escape(question)}");
            }
        }
    }

    [TestCase("")]
    [TestCase(" \t\n\u00A0")]
    public async Task A_blank_question_is_refused(string question)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That(async () => await memory.RecallAsync(question), Throws.ArgumentException);
    }

    [Test]
    public async Task A_question_of_five_hundred_words_is_answered_and_one_too_long_is_refused()
    {
        var corpus = new RandomCorpus(3, words: 300, names: 60);
        await using var memory = await Remember(corpus.Documents(80), Small);
        var answer = await memory.RecallAsync(string.Join(' ', corpus.Text(60).Split(' ').Take(500)), ExplainedTwenty);
        Assert.That(answer.Passages, Has.Count.EqualTo(20));
        Assert.That(async () => await memory.RecallAsync(new string('x', 20_001)), Throws.ArgumentException);
    }

    [Test]
    public async Task Auto_ranks_by_words_when_no_name_is_known_and_says_so()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(new Document("they grow barley near the mill.") { Id = "a" });
        await memory.RememberAsync(new Document("they saw Orla Sif in Tarn.") { Id = "b" });
        var answer = await memory.RecallAsync("what grows near the mill");
        Assert.That(answer.Strategy, Is.EqualTo(RecallStrategy.Flat));
        Assert.That(answer.Reason, Does.Contain("no name"));
        Assert.That(answer.Passages[0].Document.Id, Is.EqualTo("a"));
        Assert.That((await memory.RecallAsync("what did Orla Sif do")).Reason, Does.Contain("one thing"));
    }

    [TestCase(RecallStrategy.Auto)]
    [TestCase(RecallStrategy.Graph)]
    [TestCase(RecallStrategy.Flat)]
    public async Task Unknown_words_alone_find_nothing_and_the_result_says_why(RecallStrategy strategy)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That((await memory.RecallAsync("zzz", new() { Strategy = strategy })).Reason, Does.Contain("empty"));
        await memory.RememberAsync(new Document("they grow barley near the mill."));
        var answer = await memory.RecallAsync("xylograph qqq", new() { Strategy = strategy });
        Assert.That(answer.Passages, Is.Empty);
        Assert.That(answer.Reason, Does.Contain("no word of the question"));
    }

    static async Task<GraphMemory> Remember(IEnumerable<Document> documents, GraphMemoryOptions options)
    {
        var memory = await GraphMemory.OpenInMemoryAsync(options);
        await memory.RememberAsync(documents);
        return memory;
    }

    static async Task<string> AskAll(List<Document> documents, string[] questions)
    {
        await using var memory = await Remember(documents, Small);
        var text = new StringBuilder(await memory.GetStateHashAsync());
        foreach (var question in questions)
        {
            foreach (var passage in (await memory.RecallAsync(question, ExplainedTwenty)).Passages)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{passage.PassageId} {passage.Score:R} ")
                    .AppendJoin('|', passage.Explanation!.Path.Select(step => step.Text));
            }
        }

        return text.ToString();
    }

    /// <summary>The culture; where the platform was built without cultures, one that writes numbers and dates as it does.</summary>
    static CultureInfo Culture(string name)
    {
        try
        {
            return new CultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = name == "tr-TR" ? "," : "٫";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NegativeSign = "\u061C-";
            return culture;
        }
    }

    static string Escape(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"\\u{(int)c:X4}"));
}
