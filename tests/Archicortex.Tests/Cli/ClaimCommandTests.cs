using Archicortex.Cli.Commands;
using Archicortex.Cli.Contracts;
using Archicortex.Cli.Rendering;
using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Recall;
using NUnit.Framework;
using Spectre.Console;

namespace Archicortex.Tests.Cli;

/// <summary>What is printed of a verdict, whatever the rules read in a claim.</summary>
public sealed class ClaimCommandTests
{
    static readonly ClaimReport Contradicted = new(
        "Ada lives in Oslo.",
        ClaimVerdict.Contradicted,
        [
            new ClaimedFact(
                new Fact("Ada", "lives_in", "Oslo"),
                ClaimVerdict.Contradicted,
                "It was so once; the memory says 'Bergen' now.",
                [
                    new KnownFact(
                        new Fact("Ada", "lives_in", "Bergen") { Valid = new(new(2024, 1, 1), null), Granularity = TimeGranularity.Year },
                        "curator", default, default, new Document("Ada lives in Bergen.") { Id = "ada" }, new(0, 20)),
                ])
            {
                HeldDuring = new(new(2016, 1, 1), new(2024, 1, 1)),
            },
        ],
        []);

    [Test]
    public void A_contradiction_says_what_the_memory_says_and_where()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new TrimmedLines(written)),
        });
        console.Profile.Width = 80;
        ClaimPage.Write(console, Contradicted);
        Assert.That(written.ToString().Replace("\r", ""), Is.EqualTo("""
            contradicted

            Ada → lives_in → Oslo: contradicted
                It was so once; the memory says 'Bergen' now. It was so 1 January 2016 to 31
                December 2023.
                Ada → lives_in → Bergen, since 2024
               “Ada lives in Bergen.”
               ada, read by curator

            """));
    }

    [Test]
    public async Task The_json_is_as_promised()
    {
        var line = new StringWriter();
        await JsonOutput.WriteAsync(line, ClaimJson.Of(Contradicted, new DateOnly(2024, 6, 1)));
        Assert.That(line.ToString().TrimEnd(), Is.EqualTo(
            """{"schema":"archicortex.check-claim/1","claim":"Ada lives in Oslo.","verdict":"contradicted","claimedFor":"2024-06-01","facts":[{"fact":{"subject":"Ada","relation":"lives_in","object":"Oslo","isNegated":false,"modality":"asserted","kind":"state","confidence":1,"isClosing":false},"verdict":"contradicted","reason":"It was so once; the memory says 'Bergen' now.","heldFrom":"2016-01-01","heldTo":"2024-01-01","evidence":[{"subject":"Ada","relation":"lives_in","object":"Bergen","isNegated":false,"modality":"asserted","kind":"state","confidence":1,"from":"2024-01-01","granularity":"year","when":"since 2024","isClosing":false,"extractor":"curator","document":"ada","documentId":"00000000000000000000000000000000","passageId":"00000000000000000000000000000000","sentence":"Ada lives in Bergen.","start":0,"length":20}]}],"nearest":[]}"""));
    }

    [TestCase(ClaimVerdict.NotFound, "never", 0)]
    [TestCase(ClaimVerdict.Contradicted, "never", 0)]
    [TestCase(ClaimVerdict.NotFound, "contradicted", 0)]
    [TestCase(ClaimVerdict.Contradicted, "contradicted", 1)]
    [TestCase(ClaimVerdict.NotFound, "unsupported", 1)]
    [TestCase(ClaimVerdict.Supported, "unsupported", 0)]
    public void A_verdict_fails_only_if_asked_to(ClaimVerdict verdict, string failOn, int code) =>
        Assert.That(CheckClaimCommand.ExitCodeOf(verdict, failOn), Is.EqualTo(code));

    [Test]
    public async Task A_claim_without_a_fact_shows_what_is_nearest()
    {
        using var terminal = new TestTerminal { Input = """{"id":"b","title":"Bergen","text":"It rains in Bergen."}""" };
        await terminal.Run("remember", "-", "--memory", "{memory}");
        var ran = await terminal.Run("check-claim", "Bergen, rain, again!", "--claimed-for", "2024-06-01", "--memory", "{memory}");
        Assert.That((ran.Code, ran.Error), Is.EqualTo((0, "")));
        Assert.That(ran.Output, Does.StartWith("not found").And.Contain("No fact could be read in the claim").And.Contain("    It rains in Bergen."));
        Assert.That((await terminal.Run("check-claim", "Bergen, rain, again!", "--fail-on", "unsupported", "--memory", "{memory}")).Code, Is.EqualTo(1));
    }

    [TestCase("Ada Brightwater lives in Oslo.", null, "supported", "The memory says so.")]
    [TestCase("Ada Brightwater lives in Lisbon.", null, "contradicted", "It was so once; the memory says 'Oslo' now.")]
    [TestCase("Ada Brightwater lives in Lisbon.", "2023-06-01", "supported", "The memory says so.")]
    [TestCase("Ada Brightwater lives in Oslo.", "2023-06-01", "contradicted", "It was not so yet; the memory says 'Lisbon' for that day.")]
    public async Task What_the_rules_read_supports_and_contradicts_claims(string claim, string? day, string verdict, string reason)
    {
        using var terminal = new TestTerminal
        {
            Input = """
                {"id":"then","text":"Ada Brightwater lives in Lisbon.","time":"2022-03-01T00:00:00Z"}
                {"id":"now","text":"Ada Brightwater moved to Oslo in May 2024.","time":"2024-06-01T00:00:00Z"}
                """,
        };
        await terminal.Run("remember", "-", "--memory", "{memory}");
        string[] words = ["check-claim", claim, "--memory", "{memory}", "--fail-on", "contradicted", .. day is null ? [] : new[] { "--claimed-for", day }];
        var ran = await terminal.Run(words);
        Assert.That(ran.Output, Does.StartWith(verdict + Environment.NewLine).And.Contain("read by rules").And.Contain("“Ada Brightwater "));
        Assert.That((ran.Code, ran.Error), Is.EqualTo((verdict == "contradicted" ? 1 : 0, "")));
        using var json = System.Text.Json.JsonDocument.Parse((await terminal.Run([.. words, "--json"])).Output);
        var fact = json.RootElement.GetProperty("facts").EnumerateArray().Single();
        Assert.That((json.RootElement.GetProperty("verdict").GetString(), fact.GetProperty("verdict").GetString()), Is.EqualTo((verdict, verdict)));
        Assert.That(fact.GetProperty("reason").GetString(), Is.EqualTo(reason));
        Assert.That(fact.GetProperty("evidence").GetArrayLength(), Is.GreaterThan(0));
    }
}
