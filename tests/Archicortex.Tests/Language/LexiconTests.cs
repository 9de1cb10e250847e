using System.IO.Compression;
using System.Security.Cryptography;
using Archicortex.Language;
using NUnit.Framework;

namespace Archicortex.Tests.Language;

/// <summary>The word list is the recorded one, small, and answers what the rules ask.</summary>
[TestFixture]
sealed class LexiconTests
{
    const int ResourceBytesMax = 1_600_000;

    [Test]
    public void The_resource_is_the_one_its_script_makes()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream(Lexicon.Resource)!;
        Assert.That(stream.Length, Is.LessThan(ResourceBytesMax));
        using var unpacked = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionMode.Decompress))
        {
            zip.CopyTo(unpacked);
        }

        Assert.That(Convert.ToHexString(SHA256.HashData(unpacked.ToArray())), Is.EqualTo(Lexicon.ContentHash));
        using var header = new StreamReader(new MemoryStream(unpacked.ToArray(), 0, 100));
        Assert.That(header.ReadLine(), Does.Contain("derived from WordNet 3.0, modified"));
    }

    [Test]
    public void The_licence_is_shipped_verbatim()
    {
        var folder = Path.Combine(House.Repository.Root, "src", "Archicortex");
        var licence = File.ReadAllText(Path.Combine(folder, "Language", "Lexicon.LICENSE.txt"));
        Assert.That(licence, Does.Contain("WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved."));
        Assert.That(licence, Does.Contain("may not be used in"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "Archicortex.csproj")), Does.Contain("Language/Lexicon.LICENSE.txt\" Pack=\"true\" PackagePath=\"/third-party/\""));
    }

    [TestCase("founded", "found")]
    [TestCase("wrote", "write")]
    [TestCase("stopped", "stop")]
    [TestCase("lived", "live")]
    [TestCase("studied", "study")]
    [TestCase("sang", "sing")]
    [TestCase("making", "make")]
    [TestCase("running", "run")]
    [TestCase("telling", "tell")]
    [TestCase("goes", "go")]
    [TestCase("carries", "carry")]
    [TestCase("born", "bear")]
    [TestCase("was", "be")]
    public void Verbs_are_found_by_any_form(string form, string expected)
    {
        var row = Lemmas.Verb(form, out _);
        Assert.That(row, Is.Not.Negative);
        Assert.That(Lexicon.Word(row), Is.EqualTo(expected));
    }

    [TestCase("children", "child")]
    [TestCase("cities", "city")]
    [TestCase("wives", "wife")]
    [TestCase("boxes", "box")]
    [TestCase("glass", "glass")]
    [TestCase("women", "woman")]
    [TestCase("fishermen", "fisherman")]
    public void Nouns_are_found_by_their_plural(string form, string expected) =>
        Assert.That(Lexicon.Word(Lemmas.Noun(form, out _)), Is.EqualTo(expected));

    [TestCase("spouse", "husband", .6)]
    [TestCase("parents", "father", .6)]
    [TestCase("sex", "gender", 1)]
    [TestCase("children", "son", .6)]
    [TestCase("job", "profession", .6)]
    [TestCase("mother", "mothers", 1)]
    [TestCase("city", "tea", 0)]
    [TestCase("qwertz", "city", 0)]
    public void Words_of_one_meaning_are_related(string one, string other, double expected)
    {
        Assert.That(Lexicon.Relatedness(one, other), Is.EqualTo(expected));
        Assert.That(Lexicon.Relatedness(other, one), Is.EqualTo(expected));
        Assert.That(Lexicon.AreRelated(one, other), Is.EqualTo(expected > 0));
    }

    [TestCase("nurse", nameof(NounKind.Person))]
    [TestCase("oslo", nameof(NounKind.Location))]
    [TestCase("band", nameof(NounKind.Group))]
    [TestCase("bicycle", nameof(NounKind.Artifact))]
    [TestCase("year", nameof(NounKind.Time))]
    public void A_noun_has_a_kind(string noun, string kind) =>
        Assert.That(Lexicon.KindOf(Lexicon.Find(noun)).ToString(), Is.EqualTo(kind));

    [Test]
    public void Every_word_is_found_where_it_stands()
    {
        var rows = 0;
        for (var row = 0; row < 77_503; row += 7, rows++)
        {
            Assert.That(Lexicon.Find(Lexicon.Word(row)), Is.EqualTo(row));
        }

        Assert.That(rows, Is.GreaterThan(10_000));
        Assert.That(Lexicon.Find("Oslo"), Is.EqualTo(-1), "words are folded");
        Assert.That(Lexicon.Find(""), Is.EqualTo(-1));
        Assert.That(Lexicon.Find("été"), Is.EqualTo(-1));
    }
}
