using Archicortex.Models;
using NUnit.Framework;

namespace Archicortex.Tests.Models;

[TestFixture]
public sealed class TokenEstimateTests
{
    /// <summary>The larger of the counts of cl100k and o200k, made once with their public vocabularies.</summary>
    [TestCase("The ferry left Tolmouth before dawn, and nobody on the pier could say who had paid the captain. By noon the wind had turned; three goats, a cello and most of the mail lay on the wrong shore.", 45, TestName = "English")]
    [TestCase("Die Donauschifffahrtsgesellschaft kündigte gestern an, dass die Wiedereröffnung der Fährverbindung aufgrund unvorhergesehener Überschwemmungen verschoben werden müsse.", 51, TestName = "German")]
    [TestCase("渡船在黎明前离开了港口，码头上没有人知道是谁付钱给船长的。到了中午，风向变了，三只山羊和大部分邮件都落在了对岸。", 67, TestName = "Chinese")]
    [TestCase("夜明け前にフェリーは港を出た。誰が船長に金を払ったのか、桟橋の誰も知らなかった。", 50, TestName = "Japanese")]
    [TestCase("Паром ушёл из гавани до рассвета, и никто на пристани не знал, кто заплатил капитану.", 41, TestName = "Russian")]
    [TestCase("غادرت العبّارة الميناء قبل الفجر، ولم يعرف أحد على الرصيف من دفع للقبطان.", 50, TestName = "Arabic")]
    [TestCase("Chiếc phà rời bến cảng trước bình minh, và không ai trên cầu tàu biết ai đã trả tiền cho thuyền trưởng.", 48, TestName = "Vietnamese")]
    [TestCase("public static int CountWords(ReadOnlySpan<char> text)\n{\n    var count = 0;\n    for (var at = 0; at < text.Length; at++)\n    {\n        count += IsStart(text, at) ? 1 : 0;\n    }\n\n    return count;\n}\n", 61, TestName = "Code")]
    [TestCase("{\"id\": \"a41f-0093\", \"tags\": [\"ferry\", \"night\"], \"lat\": 54.3301, \"lon\": -7.0042, \"ok\": true, \"next\": null}", 49, TestName = "JSON")]
    [TestCase("See you at the pier 😀🎉👩‍🚀🏳️‍🌈 — bring the 🎻 and 🐐🐐🐐!", 43, TestName = "Emoji")]
    [TestCase("sk-Zq8Xw2LrTn0VbYc5KdPh7GmJf3QsEa9UxWv1RtBz6NyMo4CiHpDl", 48, TestName = "A key")]
    [TestCase("3f0c5a0e6b3f4f0f8c6a1d2e9b7a4c11a38d4353fd6dfa2454387bd8895c910f", 48, TestName = "A hash")]
    [TestCase("2024-05-31T14:30:00Z 2019-01-01 09:00 to 2019-01-02 17:45, 31/12/1999, 1.234.567,89", 53, TestName = "Dates")]
    public void The_estimate_is_not_below_what_tokenizers_count_nor_twice_as_much(string text, int tokens) =>
        Assert.That(TokenEstimate.Count(text), Is.InRange(tokens, 2 * tokens));

    [Test]
    public void Nothing_has_no_tokens_and_anything_has_one()
    {
        Assert.That(TokenEstimate.Count(""), Is.Zero);
        foreach (var text in (string[])["a", "\n", "7", "é", "海", "\uD83D\uDE00", "\u0000", " "])
        {
            Assert.That(TokenEstimate.Count(text), Is.Positive, text);
        }
    }

    /// <summary>So that the block grows with what is put into it.</summary>
    [Test]
    public void Lines_cost_what_they_cost_alone([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 8).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "aZ9 é海.-\u00AD"[random.Next(9)])) + "\n")];
        var sum = lines.Sum(line => TokenEstimate.Count(line));
        Assert.That(TokenEstimate.Count(string.Concat(lines)), Is.InRange(sum - lines.Length, sum), $"seed {seed}");
    }
}
