using System.Globalization;
using Archicortex.Documents;

namespace Archicortex.Benchmarks.Behaviour;

/// <summary>Turns of invented people: what is studied, and what stands around it.</summary>
/// <remarks>
/// Distractors speak of the same things and places as what is studied, by people of their own and of the study, so that no
/// single word of a question tells. The same seed gives the same chat.
/// </remarks>
sealed class InventedChat(int seed)
{
    const int TurnsOfSession = 20;

    static readonly string[] People =
        ("Ada Bo Cleo Dov Edda Finn Greta Hal Ines Jory Kaya Lev Mina Nils Olga Pip Quin Rhea Sven Tilda Una Vito Wanda Xeno Yara Zeb "
        + "Anouk Bram Cora Dirk Elin Falk Gwen Hugo Ilse Jens Kira Lars Mave Noor Odo Perrin Rufus Sanna Tove Ulf Veit Wim Yves Zita "
        + "Agnes Birk Clive Doris Emil Frida Gustav Hedda Ivo Jutta Klaas Lotte Moritz Nadja Orla Piet Renske Sigrid Tjark Viveka Wout Ylva").Split(' ');

    static readonly string[] Things =
        ("kettle lamp ladder basket mirror trumpet blanket hammer saddle teapot anchor candle drum easel flute globe harp jug kite lantern mallet "
        + "needle oar pillow quilt rope sack tray umbrella vase wagon yarn zither barrel clock desk engine fan goblet helmet").Split(' ');

    static readonly string[] Places =
        ("attic barn cellar chapel dock garden hall inn kitchen library market mill orchard porch quarry stable tower vineyard workshop yard "
        + "bakery bridge castle forge harbour lighthouse meadow pier school theatre").Split(' ');

    static readonly string[] Remarks =
    [
        "Somebody asked about the {0} near the {1} again.",
        "I still think the {0} looks best beside the {1}.",
        "We talked for an hour about a {0} and a {1}, can you believe it?",
        "The {1} was closed, so nobody saw the {0}.",
        "My uncle paints every {0} he finds at the {1}.",
        "Did you hear what they say about the {0} of the {1}?",
    ];

    static readonly DateTimeOffset Start = new(2024, 1, 8, 18, 0, 0, TimeSpan.Zero);

    readonly Random _random = new(seed);
    readonly List<Document> _turns = [];

    public IReadOnlyList<Document> Turns => _turns;

    /// <summary>A name of the study; every one has a person of its own, since two of one name would be two answers.</summary>
    public static string Person(int number) => People[number];

    public static string Thing(int number) => Things[number % Things.Length];

    public static string Place(int number) => Places[number % Places.Length];

    /// <summary>Adds a turn and returns its id.</summary>
    /// <param name="session">Number of the session; a day each.</param>
    /// <param name="minute">Minute in it.</param>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="text">What is said.</param>
    public string Say(int session, int minute, string speaker, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"turn-{_turns.Count}");
        _turns.Add(new Document(text)
        {
            Id = id,
            Speaker = speaker,
            Session = string.Create(CultureInfo.InvariantCulture, $"session-{session}"),
            Time = Start.AddDays(session).AddMinutes(minute),
        });
        return id;
    }

    /// <summary>Turns that are asked for by nobody, in sessions between and after those of the study.</summary>
    /// <param name="count">How many.</param>
    /// <param name="sessions">Sessions of the study: distractors get as many days before they go on behind them.</param>
    public void Distract(int count, int sessions)
    {
        for (var i = 0; i < count; i++)
        {
            var remark = string.Format(
                CultureInfo.InvariantCulture, Remarks[_random.Next(Remarks.Length)], Thing(_random.Next(Things.Length)), Place(_random.Next(Places.Length)));
            Say(sessions + (i / TurnsOfSession), i % TurnsOfSession, Person(_random.Next(People.Length)), remark);
        }
    }
}
