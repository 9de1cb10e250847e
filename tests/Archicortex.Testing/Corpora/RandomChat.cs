using System.Globalization;
using Archicortex.Documents;

namespace Archicortex.Testing.Corpora;

/// <summary>Small random conversations of a few made-up words, so that everything meets everything: bursts, questions, equal and missing times.</summary>
/// <remarks>The same seed gives the same chat.</remarks>
sealed class RandomChat
{
    static readonly string[] Words =
        ("kelmo bartu sivan doreq pluma tarnix vesko wilba zorin quemit harbol findra gostal lumer nacti opsel raduk stovi ulmen yarvo went children "
        + "mom pics last").Split(' ');

    static readonly string[] People = ["Orla", "Bram", "Ilse", "Tarek"];

    static readonly DateTimeOffset Start = new(2023, 5, 1, 18, 0, 0, TimeSpan.FromHours(2));

    readonly Random _random;
    readonly int _speakers;

    public RandomChat(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        _speakers = 2 + _random.Next(3);
    }

    public int Seed { get; }

    /// <summary>Turns of several sessions, in the order in which they arrive: mostly, but not always, that of their times.</summary>
    public List<Document> Turns(int count)
    {
        var turns = new List<Document>();
        var speaker = 0;
        for (var i = 0; i < count; i++)
        {
            speaker = _random.Next(3) == 0 ? speaker : _random.Next(_speakers);
            var session = _random.Next(8) == 0 ? _random.Next(5) : i * 5 / count;
            turns.Add(new Document(Text())
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"turn-{i}"),
                Speaker = _random.Next(15) == 0 ? null : People[speaker],
                Session = string.Create(CultureInfo.InvariantCulture, $"session-{session}"),
                Time = _random.Next(12) == 0 ? null : Start.AddDays(session * 9).AddMinutes(_random.Next(4) == 0 ? _random.Next(30) : 0),
            });
        }

        return turns;
    }

    public string Question()
    {
        var start = _random.Next(5) switch { 0 => "When did ", 1 => "How long has ", _ => "What did " };
        var who = _random.Next(3) == 0 ? "" : People[_random.Next(_speakers)] + " ";
        var words = string.Join(' ', Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Word()));
        var when = _random.Next(4) switch { 0 => " on 10 May 2023", 1 => " in May", _ => "" };
        return $"{start}{who}{words}{when}?";
    }

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    public int Next(int end) => _random.Next(end);

    string Text()
    {
        var sentences = Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Sentence());
        return string.Join(' ', sentences);
    }

    string Sentence()
    {
        var words = Enumerable.Range(0, 1 + _random.Next(6)).Select(_ => Word()).ToList();
        if (_random.Next(3) == 0)
        {
            words.Insert(0, _random.Next(2) == 0 ? "I" : "My");
        }

        if (_random.Next(6) == 0)
        {
            words.Add(_random.Next(2) == 0 ? "yesterday" : "on 12 May 2023");
        }

        return string.Join(' ', words) + (_random.Next(4) == 0 ? "?" : ".");
    }

    // Some words are common and some rare.
    string Word() => Words[Math.Min(_random.Next(Words.Length), _random.Next(Words.Length))];
}
