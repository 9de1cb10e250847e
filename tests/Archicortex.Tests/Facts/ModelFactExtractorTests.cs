using Archicortex.Facts;
using Archicortex.Language;
using Archicortex.Models;
using Archicortex.Testing.Models;
using Archicortex.Tests.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

[TestFixture]
public sealed class ModelFactExtractorTests
{
    const string Text = "Ada Lund moved to Oslo in 2019. She works at the Skarv Institute. Bo Berg, her brother, never lived in Oslo.";

    static readonly string[] Names = ["Ada Lund", "Oslo", "Bo Berg"];

    [Test]
    public async Task Names_are_asked_for_first_and_go_into_the_question_for_facts()
    {
        using var client = Saying("""{"triples": [["Ada Lund", "moved to", "Oslo"]]}""");
        var found = await Extractor(client).ExtractAsync(new FactSource(Text)
        {
            Title = "Ada",
            Speaker = "Cleo",
            Listener = "Dan",
            Time = new DateTimeOffset(2023, 5, 7, 10, 0, 0, TimeSpan.FromHours(2)),
        });
        Assert.That(found.Names, Is.EqualTo(Names));
        Assert.That(found.Facts.Single(), Is.EqualTo(new Fact("Ada Lund", "moved to", "Oslo") { Confidence = 0.8, Evidence = new TextSpan(0, 31) }));
        Assert.That(found.Replies, Is.EqualTo(new List<string> { NamesJson, """{"triples": [["Ada Lund", "moved to", "Oslo"]]}""" }));
        Assert.That(client.Requests[0].LastText, Does.Contain("Title: Ada\nSaid by: Cleo\nSaid to: Dan\nTime: 2023-05-07 10:00 +02:00\n" + Text));
        Assert.That(client.Requests[1].LastText, Does.Contain(Text).And.Contain("""["Ada Lund","Oslo","Bo Berg"]"""));
    }

    [Test]
    public async Task What_is_no_fact_is_dropped_and_counted()
    {
        using var client = Saying($$"""
            {"triples": [
              ["Ada Lund", "moved to", "Oslo"],
              ["  ada   LUND ", " moved  to ", "oslo"],
              ["Ada Lund", "moved", "to", "Oslo"],
              ["Ada Lund", "moved to"],
              [],
              ["Ada Lund", " ", "Oslo"],
              ["...", "is", "Oslo"],
              ["The Oslo", "is", "Oslo"],
              ["{{new string('x', 301)}}", "is", "Oslo"],
              ["her brother", "never lived there", "with her"],
              ["  Skarv   Institute ", "  employs\n", " Ada Lund"]]}
            """);
        var found = await Extractor(client).ExtractAsync(new FactSource(Text));
        Assert.That(found.Dropped, Is.EqualTo(new Dictionary<string, int> { ["arity"] = 3, ["blank"] = 2, ["duplicate"] = 1, ["long"] = 1, ["selfLoop"] = 1 }));
        Assert.That(found.Doubtful, Is.EqualTo(new Dictionary<string, int> { ["unnamed"] = 1 }), "kept, and counted");
        Assert.That(found.Facts.Select(fact => $"{fact.Subject}|{fact.Relation}|{fact.Object}"), Is.EqualTo(new List<string>
        {
            "Ada Lund|moved to|Oslo", "her brother|never lived there|with her", "Skarv Institute|employs|Ada Lund",
        }));
    }

    [Test]
    public async Task More_than_64_facts_are_cut_and_counted()
    {
        var triples = string.Join(", ", Enumerable.Range(0, 70).Select(i => $"[\"Ada Lund\", \"moved to\", \"Oslo {i}\"]"));
        using var client = Saying($$"""{"triples": [{{triples}}]}""");
        var found = await Extractor(client).ExtractAsync(new FactSource(Text));
        Assert.That(found.Facts, Has.Count.EqualTo(64));
        Assert.That(found.Dropped["tooMany"], Is.EqualTo(6));
    }

    [TestCase("Ada Lund", "works at", "Skarv Institute", 1)]
    [TestCase("Bo Berg", "never lived in", "Oslo", 2)]
    [TestCase("Ada Lund", "lives in", "Oslo", 0)]
    [TestCase("somebody", "went", "elsewhere", -1)]
    public async Task A_fact_is_anchored_in_the_sentence_that_shares_most_with_it(string subject, string relation, string @object, int sentence)
    {
        using var client = Saying($$"""{"triples": [["{{subject}}", "{{relation}}", "{{@object}}"]]}""");
        var found = await Extractor(client).ExtractAsync(new FactSource(Text));
        var expected = sentence < 0 ? default : SentenceSplitter.Split(Text)[sentence];
        Assert.That(found.Facts.Single().Evidence, Is.EqualTo(expected));
        Assert.That(found.Facts.Single().CanInvalidate, Is.EqualTo(sentence >= 0), "a fact that shares no word with its passage ends no other");
    }

    [Test]
    public async Task Rich_facts_tell_how_when_and_where()
    {
        using var client = Saying("""
            {"facts": [
              {"s": "Bo Berg", "p": "lived in", "o": "Oslo", "polarity": "negative", "modality": "asserted", "evidence": "never lived\n in Oslo", "confidence": 0.95},
              {"s": "Ada Lund", "p": "lives in", "o": "Oslo", "validFrom": "2019", "validTo": null, "evidence": "Ada Lund moved to Oslo in 2019"},
              {"s": "Ada Lund", "p": "will visit", "o": "Bo Berg", "modality": "planned", "validFrom": "2024-02", "validTo": "2024-02-10", "evidence": "She works at the Skarv Institute. Bo Berg", "confidence": 0.9},
              {"s": "Ada Lund", "p": "left", "o": "Oslo", "modality": "attributed", "attributedTo": " Cleo ", "evidence": "Ada Lund left Oslo", "confidence": 0.9},
              {"s": "Ada Lund", "p": "was in", "o": "Oslo", "modality": "hedged", "validFrom": "2020", "validTo": "2019", "evidence": "", "confidence": 0.4},
              {"s": "Ada Lund", "p": "likes", "o": "Oslo", "validFrom": "last year", "evidence": "Oslo", "confidence": 1, "polarity": "positive"}]}
            """);
        var found = await Extractor(client, isRich: true).ExtractAsync(new FactSource(Text));
        var sentences = SentenceSplitter.Split(Text);
        Assert.That(found.Facts[0], Is.EqualTo(new Fact("Bo Berg", "lived in", "Oslo") { IsNegated = true, Confidence = 0.95, Evidence = sentences[2] }));
        Assert.That(found.Facts[1], Is.EqualTo(new Fact("Ada Lund", "lives in", "Oslo")
        {
            Confidence = 0.8, Evidence = sentences[0], Valid = new(new(2019, 1, 1), null), Granularity = TimeGranularity.Year,
        }));
        Assert.That(found.Facts[2].Valid, Is.EqualTo(new DayRange(new(2024, 2, 1), new(2024, 2, 11))));
        Assert.That(found.Facts[2].Granularity, Is.EqualTo(TimeGranularity.Month));
        Assert.That(found.Facts[2].Evidence.Length, Is.Zero, "found, but no single sentence says it");
        Assert.That(found.Facts[2].Confidence, Is.EqualTo(0.9));
        Assert.That(found.Facts[3], Has.Property("AttributedTo").EqualTo("Cleo").And.Property("Confidence").EqualTo(0.5), "its evidence is not in the passage");
        Assert.That(found.Facts[3].Modality, Is.EqualTo(FactModality.Attributed));
        Assert.That(found.Facts[4], Has.Property("Confidence").EqualTo(0.4).And.Property("Valid").EqualTo(default(DayRange)));
        Assert.That(found.Facts[5].Valid.IsOpen, Is.True);
        Assert.That(found.Doubtful, Is.EqualTo(new Dictionary<string, int> { ["date"] = 2, ["evidence"] = 2 }));
        Assert.That(found.Facts.Where(fact => fact.CanInvalidate).Select(fact => fact.Relation), Is.EqualTo(new List<string> { "lived in", "lives in", "likes" }));
    }

    [TestCase("9999", "9999-12-31")]
    [TestCase("0001", "9999")]
    public async Task The_ends_of_the_calendar_do_no_harm(string from, string to)
    {
        using var client = Saying($$"""{"facts": [{"s": "Ada Lund", "p": "is in", "o": "Oslo", "validFrom": "{{from}}", "validTo": "{{to}}", "evidence": "Oslo"}]}""");
        var fact = (await Extractor(client, isRich: true).ExtractAsync(new FactSource(Text))).Facts.Single();
        Assert.That(fact.Valid.From!.Value.Year, Is.EqualTo(int.Parse(from, null)));
        Assert.That(fact.Valid.To, Is.Null);
    }

    [Test]
    public async Task A_blank_passage_costs_nothing()
    {
        using var client = Saying("{}");
        Assert.That((await Extractor(client).ExtractAsync(new FactSource(" \n"))).Facts, Is.Empty);
        Assert.That(client.Requests, Is.Empty);
    }

    [Test]
    public void B13_a_failure_never_becomes_no_facts()
    {
        using var confused = ScriptedChatClient.Saying("I found nothing.");
        Assert.ThrowsAsync<ModelReplyException>(async () => await Extractor(confused).ExtractAsync(new FactSource(Text)));
        using var half = ScriptedChatClient.Saying(NamesJson, "none", "none");
        Assert.ThrowsAsync<ModelReplyException>(async () => await Extractor(half).ExtractAsync(new FactSource(Text)));
        using var away = new ScriptedChatClient((_, _) => Task.FromException<Microsoft.Extensions.AI.ChatResponse>(new IOException("reset")));
        Assert.ThrowsAsync<ModelTransportException>(async () => await Extractor(away).ExtractAsync(new FactSource(Text)));
    }

    [Test]
    public async Task Identity_tells_model_prompts_and_mode()
    {
        using var client = Saying("{}");
        Assert.That(Extractor(client).Identity, Is.EqualTo("model:scripted-1:names-1+triples-1"));
        Assert.That(Extractor(client, isRich: true).Identity, Is.EqualTo("model:scripted-1:names-1+facts-1"));
        Assert.That(Extractor(client).Under(new ModelBudget()).Identity, Is.EqualTo("model:scripted-1:names-1+triples-1"));
        await Task.CompletedTask;
    }

    [Test]
    public async Task The_estimate_is_what_is_then_spent()
    {
        // The scripted model finds the names that rules find, so that even the second question is known beforehand.
        string[] texts = ["Ada Lund wrote to Bo Berg.", "Bo Berg went by train with Cleo Dahl.", "Nothing happened there at all."];
        var sources = texts.Concat(texts[..1]).Select(text => new FactSource(text)).ToList();
        using var client = ScriptedChatClient.Extracting();
        var caller = new ModelCaller(client, Asking.Options() with
        {
            Cache = new InMemoryCallCache(), Budget = new() { InputPricePerMillion = 2, OutputPricePerMillion = 4 },
        });
        var extractor = new ModelFactExtractor(caller);
        var estimate = await extractor.EstimateAsync(sources);
        Assert.That(client.Requests, Is.Empty);
        Assert.That(estimate, Has.Property("Calls").EqualTo(6).And.Property("CachedCalls").EqualTo(0));
        Assert.That(estimate.OutputTokens, Is.EqualTo(3 * (1024 + 2048)));
        await extractor.ExtractAllAsync(sources[..1]);
        await extractor.ExtractAllAsync(sources);
        Assert.That(extractor.Spending.Calls, Is.EqualTo(estimate.Calls));

        // A capital at the start of a sentence is a name to the scripted model and none to the rules.
        Assert.That(extractor.Spending.InputTokens, Is.EqualTo(estimate.InputTokens).Within(5));
        Assert.That(extractor.Spending.OutputTokens, Is.LessThan(estimate.OutputTokens));
        Assert.That(extractor.Spending.Money, Is.LessThan(estimate.Money!));
        Assert.That(await extractor.EstimateAsync(sources), Is.EqualTo(estimate with { Calls = 0, CachedCalls = 6, InputTokens = 0, OutputTokens = 0, Money = 0 }));
    }

    [Test]
    public async Task A_budget_stops_in_the_middle_and_what_came_is_kept()
    {
        using var client = ScriptedChatClient.Extracting();
        var caller = new ModelCaller(client, Asking.Options() with { Cache = new InMemoryCallCache(), ConcurrencyMax = 1 });
        var sources = Enumerable.Range(0, 5).Select(i => new FactSource($"Ada Lund wrote letter {i} to Bo Berg.")).ToList();
        var extractor = new ModelFactExtractor(caller);
        Assert.ThrowsAsync<BudgetExceededException>(async () => await extractor.Under(new ModelBudget { CallsMax = 7 }).ExtractAllAsync(sources));
        Assert.That(client.Requests, Has.Count.EqualTo(7));
        var found = await extractor.Under(new ModelBudget { CallsMax = 3 }).ExtractAllAsync(sources);
        Assert.That(found, Has.Count.EqualTo(5));
        Assert.That(client.Requests, Has.Count.EqualTo(10), "no call was made twice");
    }

    const string NamesJson = """{"named_entities": ["Ada Lund", "Oslo", "the Oslo", "Bo Berg"]}""";

    static ScriptedChatClient Saying(string facts) => ScriptedChatClient.Saying(NamesJson, facts);

    static ModelFactExtractor Extractor(ScriptedChatClient client, bool isRich = false) =>
        new(new ModelCaller(client, Asking.Options()), new() { IsRich = isRich });
}
