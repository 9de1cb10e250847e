using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Hierarchy;
using Archicortex.Indexing;
using Archicortex.Language;
using Archicortex.Numerics;
using NUnit.Framework;

namespace Archicortex.Tests.Indexing;

[TestFixture]
sealed class TurnIndexTests
{
    static readonly DateTimeOffset Friday = new(2024, 3, 15, 18, 0, 0, TimeSpan.FromHours(-5));

    [Test]
    public void The_speaker_is_no_word_of_the_turn_and_typed_and_irregular_forms_are_one()
    {
        var index = new Indexed();
        index.Add(new Document("My mom went there with the children, and I took pics.") { Speaker = "Orla" });
        index.Add(new Document("Orla's mother goes with one child; a photo would be nice.") { Speaker = "Bram" });
        var turns = index.Turns;
        Assert.Multiple(() =>
        {
            foreach (var word in (string[])["mother", "go", "child", "photo"])
            {
                Assert.That(turns.Postings(index.Stem(word)).Length, Is.EqualTo(2), word);
            }

            Assert.That(turns.Postings(index.Stem("orla")).Length, Is.EqualTo(1), "said by Bram alone");
            Assert.That(turns.Postings(index.Vocabulary.FindStem("the")).Length, Is.Zero, "stop word");
        });
    }

    [Test]
    public void A_turn_is_read_for_who_asks_who_speaks_and_when()
    {
        var index = new Indexed();
        index.Add(new Document("So? Did you go?") { Speaker = "Orla", Time = Friday });
        index.Add(new Document("We went yesterday. You?") { Speaker = "Bram", Time = Friday });
        index.Add(new Document("im just back") { Speaker = "Orla" });
        var turns = index.Turns;
        Assert.Multiple(() =>
        {
            Assert.That((turns.Turn(0).Marks, turns.Turn(0).QuestionShare), Is.EqualTo((TurnMarks.Asks, 1f)));
            Assert.That(turns.Turn(1).Marks, Is.EqualTo(TurnMarks.Asks | TurnMarks.FirstPerson | TurnMarks.TellsTime));
            Assert.That(turns.Turn(1).QuestionShare, Is.EqualTo(5f / 23).Within(1e-6));
            Assert.That(DateOnly.FromDayNumber(turns.Turn(1).Day), Is.EqualTo(new DateOnly(2024, 3, 15)), "the day of its own offset");
            Assert.That(DateOnly.FromDayNumber(turns.Turn(1).EventFrom), Is.EqualTo(new DateOnly(2024, 3, 14)));
            Assert.That(turns.Turn(2).Marks, Is.EqualTo(TurnMarks.FirstPerson));
            Assert.That(turns.Turn(2).Day, Is.Zero);
            Assert.That(turns.Years.ToArray(), Is.EqualTo(new[] { 2024 }));
        });
    }

    [Test]
    public void Speakers_are_told_apart_by_their_folded_names_and_counted_while_they_have_turns()
    {
        var index = new Indexed();
        index.Add(new Document("a kettle") { Speaker = "José Marín" });
        index.Add(new Document("a lamp") { Speaker = "JOSÉ MARÍN" });
        index.Add(new Document("a note"));
        index.Add(new Document("a drum") { Speaker = "Orla" });
        Assert.That(index.Turns.LiveSpeakers, Is.EqualTo(2));
        Assert.That(index.Turns.Speaker(0).Words, Is.EqualTo(new[] { "jose", "marin" }));
        index.Remove(3);
        Assert.That((index.Turns.LiveSpeakers, index.Turns.TurnCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public void At_a_hundred_thousand_turns_any_history_leaves_what_building_from_scratch_gives()
    {
        const int Count = 100_000;
        var random = new Random(1);
        var words = Enumerable.Range(0, 400).Select(i => $"w{i}x").ToArray();
        Document Turn(int number) => new(string.Join(' ', Enumerable.Range(0, 5).Select(k => words[Math.Min(random.Next(400), random.Next(400))])))
        {
            Id = $"{number}",
            Speaker = $"P{number % 7}",
            Session = $"{number / 30}",
            Time = Friday.AddHours(number / 30),
        };
        var used = new Indexed();
        var live = new List<(int Row, Document Document)>();
        for (var i = 0; i < Count; i++)
        {
            live.Add((used.Add(Turn(i)), default!));
            live[^1] = (live[^1].Row, used.Documents[live[^1].Row]);
        }

        for (var step = 0; step < 300; step++)
        {
            var at = random.Next(live.Count);
            used.Remove(live[at].Row);
            live.RemoveAt(at);
            var late = Turn(random.Next(Count)) with { Id = $"late-{step}" };
            live.Add((used.Add(late), late));
        }

        var fresh = new Indexed();
        live.ForEach(one => fresh.Add(one.Document));
        Assert.That(used.StateHash(), Is.EqualTo(fresh.StateHash()));
        Assert.That(used.Loaded().StateHash(), Is.EqualTo(fresh.StateHash()), "saved and loaded");
    }

    /// <summary>Tree and index together, as the views hold them.</summary>
    sealed class Indexed
    {
        readonly TimeTree _time = new();
        readonly TurnIndex _index = new();
        readonly PassageReading _reading = new();

        public Vocabulary Vocabulary { get; private init; } = new();

        public List<Document> Documents { get; private init; } = [];

        public TurnSnapshot Turns => _index.Freeze();

        public int Stem(string word) => Vocabulary.FindStem(TurnWords.StemOf(word));

        public int Add(Document document)
        {
            var passage = Passage.Of(document, new(1), 1, new(0, document.Text.Length, null));
            _reading.Read(passage);
            _reading.Number(Vocabulary);
            var row = Documents.Count;
            Documents.Add(document);
            _index.Add(row, _time.Add(row, document), passage, _reading, Vocabulary);
            return row;
        }

        public void Remove(int row) => _index.Remove(row, _time.Remove(row));

        public UInt128 StateHash()
        {
            using var hash = new ContentHash("test");
            UInt128 Id(int row) => new ContentHash("document").Add(Documents[row].Id).Add(Documents[row].Text).Id();
            _time.Freeze().AddState(hash, Id);
            Turns.AddState(hash, Vocabulary.Stem, Id);
            return hash.Id();
        }

        public Indexed Loaded()
        {
            var writer = new BlockWriter();
            _time.Save(writer);
            _index.Save(writer);
            var loaded = new Indexed { Vocabulary = Vocabulary, Documents = Documents };
            var reader = new BlockReader(writer.Written);
            loaded._time.Load(reader);
            loaded._index.Load(reader, loaded._time.SessionOf);
            return loaded;
        }
    }
}
