using Archicortex.Hierarchy;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

[TestFixture]
public sealed class KeyPhraseTests
{
    [Test]
    public void A_topic_is_named_after_what_its_passages_share_and_the_rest_does_not()
    {
        var view = TestMemory.Of(
        [
            new("Sanna Virro restored the winter garden in Velmere.") { Id = "1" },
            new("The winter garden of Velmere was opened by Sanna Virro.") { Id = "2" },
            new("Palms grow in the winter garden.") { Id = "3" },
            new("A quarry sold basalt to the harbour.") { Id = "4" },
            new("Granite of the quarry paves the street.") { Id = "5" },
            new("The quarry needs a new crane.") { Id = "6" },
        ]).View;
        var garden = Of(view, 0, 1, 2);
        Assert.That(garden, Does.Contain("winter garden"));
        Assert.That(garden, Has.None.EqualTo("garden"), "A part of a better phrase says nothing more.");
        Assert.That(Of(view, 3, 4, 5)[0], Is.EqualTo("quarry").Or.EqualTo("Quarry"));
    }

    [Test]
    public void A_phrase_is_shown_as_it_is_written_and_a_name_whole()
    {
        var view = TestMemory.Of(
        [
            new("Notes on Maribel van Oxward Teshk and her kettle.") { Id = "1" },
            new("The kettle was built by Maribel van Oxward Teshk.") { Id = "2" },
        ]).View;
        var phrases = Of(view, 0, 1);
        Assert.That(phrases, Has.Some.EqualTo("Maribel van Oxward Teshk"), "Half a name names somebody else.");
        Assert.That(phrases, Has.Some.EqualTo("kettle"));
    }

    [Test]
    public void Words_that_name_no_topic_name_none()
    {
        var view = TestMemory.Of([new("Thanks, I really think so too, that was good!") { Id = "1" }, new("Yeah, me too, thanks again, it was great.") { Id = "2" }]).View;
        Assert.That(Of(view, 0, 1), Is.Empty);
    }

    [Test]
    public void There_are_three_at_most()
    {
        var view = TestMemory.Of(Chronicle.Notes(2, 80)).View;
        for (var node = 0; node < view.Topics.NodeRows; node++)
        {
            if (view.Topics.IsNode(node))
            {
                Assert.That(view.Digest(node).KeyPhrases, Has.Count.InRange(1, KeyPhrases.Most));
                Assert.That(view.Digest(node).KeyPhrases, Is.Unique);
            }
        }
    }

    static IReadOnlyList<string> Of(RecallView view, params int[] leaves) => new TopicReader(view).PhrasesOf(leaves);
}
