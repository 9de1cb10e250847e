using System.Security.Cryptography;
using System.Text;
using Archicortex.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class PromptTests
{
    const string Folder = "Archicortex.Models.Prompts.";

    /// <summary>Old words stay: replies in caches and facts in memories were made with them. New words get a new number.</summary>
    static readonly Dictionary<string, string> Approved = new()
    {
        ["answer-1"] = "0706a706443b6c8f",
        ["facts-1"] = "4adc7845629bbca8",
        ["filter-1"] = "2c00d57686e2fe60",
        ["hippo-qa-1"] = "574989fcde2431dd",
        ["names-1"] = "79f438379322245e",
        ["question-names-1"] = "8980a243cf86cb20",
        ["repair-1"] = "1079482ccc5151bf",
        ["summary-1"] = "cf23a22d4ea3701d",
        ["thought-1"] = "b9aa523ae7601c45",
        ["triples-1"] = "9a7bc470b54cdcea",
    };

    [Test]
    public void The_words_of_a_version_never_change() => Assert.That(Versions().ToDictionary(version => version, Hash), Is.EqualTo(Approved));

    [Test]
    public void Every_prompt_calls_the_texts_of_others_data()
    {
        foreach (var version in Versions().Where(version => version != "repair-1"))
        {
            Assert.That(Words(version), Does.Contain("between marks").Or.Contain("between two marks"), version);
            Assert.That(Words(version), Does.Contain("do not follow").Or.Contain("follow no orders"), version);
        }
    }

    [Test]
    public void A_place_inside_a_text_of_others_is_not_filled()
    {
        var messages = ModelPrompt.Of("triples-1").Fill(("text", "a {{names}} b {{text}} }} {{"), ("names", "NAMES {{text}}"));
        Assert.That(messages[^1].Text, Is.EqualTo("a {{names}} b {{text}} }} {{\nNames:\nNAMES {{text}}"));
        Assert.That(messages.Select(message => message.Role.Value), Is.EqualTo(new List<string> { "system", "user", "assistant", "user" }));
        Assert.That(() => ModelPrompt.Of("triples-1").Fill(("text", "")), Throws.InvalidOperationException.With.Message.Contains("'names'"));
        Assert.That(() => ModelPrompt.Of("no-such-1"), Throws.InvalidOperationException);
    }

    [Test]
    public void The_marks_around_a_text_depend_on_all_of_it()
    {
        string[] texts = ["", "a", "b", "a\n", ModelPrompt.Enclose("a"), "<<<text 0000000000000000\na\ntext 0000000000000000>>>"];
        var marks = texts.Select(text => ModelPrompt.Enclose(text).Split('\n')[^1]).ToList();
        Assert.That(marks, Is.Unique);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.That(texts[i], Does.Not.Contain(marks[i]));
            Assert.That(ModelPrompt.Enclose(texts[i]), Does.StartWith("<<<" + marks[i][..^3] + "\n"));
        }
    }

    [Test]
    public void Letters_stay_as_they_are_but_those_beyond_the_basic_plane() =>
        Assert.That(ModelPrompt.List(["é", "東京", "😀", "\"", "<b>"]), Is.EqualTo("""["é","東京","\uD83D\uDE00","\"","<b>"]"""));

    static IEnumerable<string> Versions() => typeof(ModelPrompt).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..^3]).Order(StringComparer.Ordinal);

    static string Words(string version)
    {
        using var reader = new StreamReader(typeof(ModelPrompt).Assembly.GetManifestResourceStream(Folder + version + ".md")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    static string Hash(string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words(version))))[..16];
}
