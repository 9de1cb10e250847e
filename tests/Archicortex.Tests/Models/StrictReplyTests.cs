using Archicortex.Facts;
using Archicortex.Models;
using Archicortex.Testing.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

/// <summary>Upstream cuts JSON out of replies by regular expressions (B10) and runs replies as code (B9). Here they are read, or refused.</summary>
[TestFixture]
public sealed class StrictReplyTests
{
    static readonly string[] Expected = ["Ada", "Oslo"];

    static readonly string[] Good =
    [
        """{"named_entities": ["Ada", "Oslo"]}""",
        "  \n {\"named_entities\": [\"Ada\", \"Oslo\"]} \n\t ",
        "```json\n{\"named_entities\": [\"Ada\", \"Oslo\"]}\n```",
        "```\n{\"named_entities\": [\"Ada\", \"Oslo\"]}\n```\n",
        "```JSON\r\n{\"named_entities\": [\"Ada\", \"Oslo\"]}\r\n```",
        """{"note": {"deep": [1, 2]}, "named_entities": ["Ada", "Oslo"], "confidence": 3}""",
        """{"named_entities": ["Ada", " Ada ", "", "  ", "Oslo"]}""",
    ];

    static readonly string[] Bad =
    [
        "",
        "   ",
        "null",
        "7",
        "\"Ada\"",
        "[\"Ada\"]",
        "{}",
        """{"named_entities": null}""",
        """{"named_entities": "Ada"}""",
        """{"named_entities": [1]}""",
        """{"named_entities": ["Ada", null]}""",
        """{"named_entities": ["Ada", ["Oslo"]]}""",
        """{"named_entities": ["Ada"],}""",
        """{"named_entities": ["Ada",]}""",
        """{"named_entities": ["Ada"] // all""" + "\n}",
        """{"named_entities": ["Ada"]}{"named_entities": ["Oslo"]}""",
        """{"named_entities": ["Ada"]} and more""",
        """Sure! {"named_entities": ["Ada"]}""",
        "Here it is:\n```json\n{\"named_entities\": [\"Ada\"]}\n```",
        "```json\n{\"named_entities\": [\"Ada\"]}\n```\nDone.",
        "```json\n{\"named_entities\": [\"Ada\"]}\n``` ```json\n{}\n```",
        "```python\n{\"named_entities\": [\"Ada\"]}\n```",
        "```",
        "```json\n```",
        """{"named_entities": ["Ada"]""",
        """{"named_entities": ["Ada}""",
        """{'named_entities': ['Ada']}""",
        """{"named_entities": ["Ada"], "named_entities": ["Oslo"]}""",
        """{"Named_Entities": ["Ada"]}""",
        """{"named_entities": ["\ud800"]}""",
        "{\"named_entities\": [\"\ud800\"]}",
        "{\"named_entities\": [\"a\u0000b\"]}",
        """__import__("os").system("true")""",
        "NaN",
    ];

    [TestCaseSource(nameof(Good))]
    public void A_good_reply_is_read(string reply) => Assert.That(NamesReply.Read(reply), Is.EqualTo(Expected));

    [TestCaseSource(nameof(Bad))]
    public void A_bad_reply_is_refused_with_a_reason(string reply) =>
        Assert.That(() => NamesReply.Read(reply), Throws.InstanceOf<BadReplyException>().With.Message.Length.GreaterThan(10));

    [TestCase("a ] in it")]
    [TestCase("a } in it")]
    [TestCase("}]}] ```json {\\\"named_entities\\\": []}")]
    [TestCase("\\\"quoted\\\" and \\\\ slashed")]
    public void B10_brackets_and_braces_inside_texts_are_texts(string name)
    {
        var names = NamesReply.Read($$"""{"named_entities": ["{{name}}", "Oslo"]}""");
        Assert.That(names, Has.Count.EqualTo(2));
        Assert.That(names[0], Is.EqualTo(name.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
    }

    [Test]
    public void A_reply_of_endless_depth_or_length_is_refused()
    {
        Assert.That(() => NamesReply.Read("{\"x\": " + new string('[', 100_000)), Throws.InstanceOf<BadReplyException>());
        Assert.That(() => NamesReply.Read(new string(' ', StrictJson.CharsMax + 1)), Throws.InstanceOf<BadReplyException>().With.Message.Contains("1048577"));
    }

    [TestCase("""{"triples": [["Ada", "lives in", 7]]}""")]
    [TestCase("""{"triples": [["Ada", "lives in", ["Oslo"]]]}""")]
    [TestCase("""{"triples": [["Ada", "lives in", null]]}""")]
    [TestCase("""{"triples": [null]}""")]
    [TestCase("""{"triples": ["Ada lives in Oslo"]}""")]
    [TestCase("""{"triples": [{"s": "Ada", "p": "lives in", "o": "Oslo"}]}""")]
    public void Triples_of_wrong_types_are_refused(string reply) => Assert.That(() => TriplesReply.Read(reply), Throws.InstanceOf<BadReplyException>());

    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in"}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": null}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "confidence": "0.9"}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "confidence": 1.5}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "confidence": 0}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "polarity": "maybe"}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "polarity": true}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "modality": "shouted"}]}""")]
    [TestCase("""{"facts": [{"s": "Ada", "p": "lives in", "o": "Oslo", "validFrom": 2023}]}""")]
    [TestCase("""{"facts": [null]}""")]
    public void Rich_facts_of_wrong_types_are_refused(string reply) => Assert.That(() => RichReply.Read(reply), Throws.InstanceOf<BadReplyException>());

    [Test]
    public void B9_whatever_a_model_says_is_data_or_refused([Range(1, 40)] int seed)
    {
        var chance = new Random(seed);
        var parts = Good.Concat(Bad).Concat(["\"", "\\", "{", "}", "[", "]", ",", ":", "```", "\n", "\ud83d", "\u0000", "1e999", "-", "é", "{\"triples\":", "{\"facts\":"]).ToArray();
        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(1, 6)).Select(_ => Damage(parts[chance.Next(parts.Length)], chance)));
            foreach (Action read in new Action[] { () => NamesReply.Read(text), () => TriplesReply.Read(text), () => RichReply.Read(text) })
            {
                try
                {
                    read();
                }
                catch (BadReplyException)
                {
                    // Refused: that is the other of the two things that may happen.
                }
                catch (Exception other)
                {
                    Assert.Fail($"seed {seed}: {other.GetType().Name} for {System.Text.Json.JsonSerializer.Serialize(text)}: {other.Message}");
                }
            }
        }
    }

    [Test]
    public async Task B9_the_steps_of_the_question_side_refuse_as_well([Range(1, 10)] int seed)
    {
        var chance = new Random(seed);
        string[] parts =
        [
            """{"keep": [1, 2]}""", """{"fact": [["Ada", "lives in", "Oslo"]]}""", """{"keep": ["\ud800"]}""", """{"\ud800": 1, "keep": []}""",
            """{"fact": [["\udc00", "a", "b"]]}""", """{"thought": "t", "answer": "a", "citations": ["p1"], "answerable": true}""", "[[\"a\"]]", "\u0000", "{", "]", "\\u",
        ];
        FactCandidate[] facts = [new("Ada", "lives in", "Oslo"), new("Bo", "likes", "tea")];
        for (var i = 0; i < 60; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Damage(parts[chance.Next(parts.Length)], chance)));
            using var client = ScriptedChatClient.Saying(text);
            var caller = new ModelCaller(client, Asking.Options());
            foreach (var ask in new Func<Task>[]
            {
                () => new FactFilter(caller).KeepAsync("Where?", facts),
                () => new AnswerWriter(caller).WriteAsync("Where?", [new("p1", "Ada lives in Oslo.")]),
                () => new AnswerWriter(caller, AnswerStyle.HippoQa).WriteAsync("Where?", []),
                () => new ThoughtWriter(caller).NextAsync("Where?", [], []),
            })
            {
                try
                {
                    await ask();
                }
                catch (ModelReplyException refused)
                {
                    Assert.That(refused.Reply, Is.EqualTo(text));
                }
                catch (Exception other)
                {
                    Assert.Fail($"seed {seed}: {other.GetType().Name} for {text}: {other.Message}");
                }
            }
        }
    }

    static string Damage(string text, Random chance)
    {
        if (text.Length < 2)
        {
            return text;
        }

        var at = chance.Next(text.Length);
        return chance.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, ((char)chance.Next(0x20, 0xE000)).ToString()),
            2 => text[..at],
            _ => text,
        };
    }
}
