namespace Archicortex.Benchmarks.Behaviour;

/// <summary>A question about what was studied.</summary>
/// <param name="Behaviour">What is looked at, e.g. "serial position".</param>
/// <param name="Condition">Under which condition, e.g. "first five".</param>
/// <param name="Question">What is asked.</param>
/// <param name="Gold">Ids of the turns that answer it: any of them will do.</param>
sealed record Probe(string Behaviour, string Condition, string Question, IReadOnlySet<string> Gold);

/// <summary>
/// Four experiments of memory research in one chat, each with people of its own: how recall depends on the place in a list,
/// whether what came next or before is found, whether telling again apart helps more than at once, and how much like facts and
/// other tellers disturb.
/// </summary>
/// <remarks>
/// People remember the first and the last of a list best (Murdock 1962), forget less of what is spaced (Ebbinghaus 1885) and
/// mix up what has much in common (Anderson 1974). An engine should show none of the first and little of the last.
/// </remarks>
sealed class Study
{
    const int Lists = 10;
    const int ListLength = 20;
    const int EdgeLength = 5;
    const int Tellings = 3;
    const int SpacedFacts = 12;
    const int Talks = 2;
    const int Tellers = 5;
    static readonly int[] Fans = [1, 4, 16];
    static readonly string[] Colours = ["red", "green", "black", "white", "brown", "golden", "silver", "purple", "orange", "grey"];

    readonly InventedChat _chat;
    readonly List<Probe> _probes = [];
    int _session;
    int _person;

    public Study(int seed, int distractors)
    {
        _chat = new InventedChat(seed);
        for (var list = 0; list < Lists; list++)
        {
            SayList();
        }

        for (var fact = 0; fact < SpacedFacts; fact++)
        {
            SayAgain(fact);
        }

        foreach (var fan in Fans)
        {
            SayLikeFacts(fan);
        }

        for (var fact = 0; fact < SpacedFacts; fact++)
        {
            SayOtherwise(fact);
        }

        for (var talk = 0; talk < Talks; talk++)
        {
            SayInTurn();
        }

        SayNearlyTheSame();
        SayTheSameOfSeveral();
        _chat.Distract(distractors, _session);
    }

    public IReadOnlyList<Documents.Document> Turns => _chat.Turns;

    public IReadOnlyList<Probe> Probes => _probes;

    /// <summary>A list of deeds in one session: asked for one by one, and for what came after.</summary>
    void SayList()
    {
        var person = InventedChat.Person(_person++);
        var ids = new List<string>();
        for (var i = 0; i < ListLength; i++)
        {
            var (thing, place) = (InventedChat.Thing(i + _session), InventedChat.Place((i * 7) + _session));
            ids.Add(_chat.Say(_session, i, person, $"I carried the {thing} to the {place}."));
        }

        for (var i = 0; i < ListLength; i++)
        {
            var thing = InventedChat.Thing(i + _session);
            var place = i < EdgeLength ? "first five" : i >= ListLength - EdgeLength ? "last five" : "between";
            Ask("serial position", place, $"Where did {person} carry the {thing}?", ids[i]);
            if (i < ListLength - 1)
            {
                Ask("order", "what came next", $"What did {person} do right after carrying the {thing}?", ids[i + 1]);
            }
        }

        _session++;
    }

    /// <summary>The same thing told once, three times at once, or in three sessions.</summary>
    void SayAgain(int fact)
    {
        foreach (var way in (ReadOnlySpan<string>)["once", "massed", "spaced"])
        {
            var person = InventedChat.Person(_person++);
            var (thing, place) = (InventedChat.Thing(fact), InventedChat.Place(fact + 3));
            var ids = new List<string>();
            for (var telling = 0; telling < (way == "once" ? 1 : Tellings); telling++)
            {
                ids.Add(_chat.Say(_session, 10 * telling, person, telling switch
                {
                    0 => $"I lost the {thing} behind the {place}.",
                    1 => $"As I said, the {thing} is lost, somewhere behind the {place}.",
                    _ => $"Still no sign of the {thing} that I lost behind the {place}.",
                }));
                _session += way == "spaced" ? 1 : 0;
            }

            Ask("spacing", way, $"What did {person} lose behind the {place}?", [.. ids]);
            _session++;
        }
    }

    /// <summary>Many facts of one person that differ in one word (the fan effect).</summary>
    void SayLikeFacts(int fan)
    {
        var person = InventedChat.Person(_person++);
        for (var i = 0; i < fan; i++)
        {
            var (thing, place) = (InventedChat.Thing(i * 3), InventedChat.Place(i * 5));
            var id = _chat.Say(_session, i, person, $"I keep the {thing} in the {place}.");
            Ask("interference", $"one of {fan} like facts", $"Where does {person} keep the {thing}?", id);
        }

        _session++;
    }

    /// <summary>A fact that changed: the present one is asked for.</summary>
    void SayOtherwise(int fact)
    {
        var person = InventedChat.Person(_person++);
        var (thing, before, now) = (InventedChat.Thing(fact + 5), InventedChat.Place(fact), InventedChat.Place(fact + 11));
        _chat.Say(_session++, 0, person, $"I keep the {thing} in the {before}.");
        var id = _chat.Say(_session++, 0, person, $"I keep the {thing} in the {now} now.");
        Ask("interference", "changed since", $"Where does {person} keep the {thing} now?", id);
    }

    /// <summary>The deeds of two people, told in turn: what one of them did next is two turns on, and what was told first or last is asked for.</summary>
    void SayInTurn()
    {
        string[] people = [InventedChat.Person(_person++), InventedChat.Person(_person++)];
        var ids = new List<string>();
        for (var i = 0; i < ListLength; i++)
        {
            ids.Add(_chat.Say(_session, i, people[i % 2], $"I mended the {InventedChat.Thing(i + _session)} at the {InventedChat.Place((i * 7) + _session)}."));
        }

        for (var i = 2; i < ListLength - 2; i++)
        {
            var thing = InventedChat.Thing(i + _session);
            Ask("order", "what the same one did next", $"What did {people[i % 2]} do right after mending the {thing}?", ids[i + 2]);
            Ask("order", "what came before", $"What did {people[i % 2]} do just before mending the {thing}?", ids[i - 2]);
        }

        for (var i = 0; i < 2; i++)
        {
            Ask("order", "told first or last", $"What did {people[i]} say first about mending?", ids[i]);
            Ask("order", "told first or last", $"What was the last thing {people[i]} said about mending?", ids[ListLength - 2 + i]);
        }

        _session++;
    }

    /// <summary>
    /// Fifty turns of one person of which each shares all words but two with some, and all but one with others; and one turn each of
    /// somebody else, about the same things.
    /// </summary>
    void SayNearlyTheSame()
    {
        var (person, other) = (InventedChat.Person(_person++), InventedChat.Person(_person++));
        for (var i = 0; i < 5 * Colours.Length; i++)
        {
            var (colour, thing) = (Colours[i % Colours.Length], ThingNobodyElseKeeps(i / Colours.Length));
            var id = _chat.Say(_session, i, person, $"I keep the {colour} {thing} in the {InventedChat.Place((i * 3) + 1)}.");
            Ask("interference", "one of 50 near duplicates", $"Where does {person} keep the {colour} {thing}?", id);
        }

        _session++;
        for (var i = 0; i < 5; i++)
        {
            var id = _chat.Say(_session, i, other, $"I keep the {ThingNobodyElseKeeps(i)} in the {InventedChat.Place((i * 5) + 2)}.");
            Ask("interference", "ten like facts of another", $"Where does {other} keep the {ThingNobodyElseKeeps(i)}?", id);
        }

        _session++;
    }

    /// <summary>None of the things in the other experiments on keeping.</summary>
    static string ThingNobodyElseKeeps(int number) => InventedChat.Thing(19 + (number * 3));

    /// <summary>Several people say the same of different things' places in one talk: who said it tells them apart.</summary>
    void SayTheSameOfSeveral()
    {
        var people = Enumerable.Range(0, Tellers).Select(_ => InventedChat.Person(_person++)).ToArray();
        for (var i = 0; i < SpacedFacts * Tellers; i++)
        {
            var (person, thing) = (people[i % Tellers], InventedChat.Thing(i / Tellers));
            var id = _chat.Say(_session, i, person, $"I found the {thing} under the {InventedChat.Place((i * 7) + 2)}.");
            Ask("interference", "told by five", $"Where did {person} find the {thing}?", id);
        }

        _session++;
    }

    void Ask(string behaviour, string condition, string question, params string[] gold) => _probes.Add(new(behaviour, condition, question, gold.ToHashSet()));
}
