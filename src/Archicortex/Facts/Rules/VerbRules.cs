using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>Where the other end of a relation stands.</summary>
enum Slot : byte
{
    /// <summary>The object; in the passive the subject, and then the "by" phrase is the doer.</summary>
    Object,

    /// <summary>As <see cref="Object"/>, but the fact is told from the other end: "founded X" gives X founded_by.</summary>
    Inverse,

    /// <summary>Behind a preposition.</summary>
    Preposition,

    /// <summary>A time.</summary>
    Time,
}

/// <summary>What else a rule asks for or says.</summary>
[Flags]
enum RuleMarks : ushort
{
    None = 0,

    /// <summary>It happened once.</summary>
    Event = 1,

    /// <summary>It says that the relation ended.</summary>
    Closes = 2,

    /// <summary>It says the opposite: "hates".</summary>
    Negates = 4,

    /// <summary>Only in the passive: "is located in".</summary>
    Passive = 8,

    /// <summary>The other end must be a name.</summary>
    Named = 16,

    /// <summary>The other end must be a thing one can own.</summary>
    Owned = 32,

    /// <summary>The other end must be a name, or a role or occupation.</summary>
    Role = 64,

    /// <summary>The other end must be a name, a person or an animal.</summary>
    Being = 128,

    /// <summary>The other end must be a name, a place, a building or a body of people.</summary>
    Place = 256,

    /// <summary>The other end must be a name, or what people read, watch or play.</summary>
    Work = 512,

    /// <summary>The subject must be able to be a person.</summary>
    ByPerson = 1024,

    /// <summary>The subject must not be a person.</summary>
    ByThing = 2048,

    /// <summary>With the particle the verb's name carries: "break+up".</summary>
    Particle = 4096,

    /// <summary>Said of the progressive only: "is dating".</summary>
    Progressive = 8192,

    /// <summary>The other end must be a name, or a place one can live in: a town, no house.</summary>
    Dwelling = 16384,
}

/// <summary>One way in which a verb states a relation.</summary>
/// <param name="Slot">Where the other end stands.</param>
/// <param name="Prepositions">For <see cref="Slot.Preposition"/>: which.</param>
/// <param name="Relation">The relation's name.</param>
/// <param name="Marks">What else.</param>
/// <param name="Particle">The particle the verb must have, or none.</param>
sealed record VerbRule(Slot Slot, Word[] Prepositions, string Relation, RuleMarks Marks, Word Particle);

/// <summary>The verbs that state a relation the engine knows by name, as a table.</summary>
static class VerbRules
{
    /// <summary>A line a rule: verb(+particle), "o" object, "&lt;" inverse, "@" time or prepositions, relation, marks.</summary>
    const string Table = """
        found < founded_by Event
        establish < founded_by Event
        create < created_by Event
        write < written_by Event
        author < written_by Event
        direct < directed_by Event
        compose < composed_by Event
        produce < produced_by Event
        invent < invented_by Event
        design < designed_by Event
        paint < painted_by Event,Named
        develop < developed_by Event
        build < built_by Event
        publish < published_by Event
        release < released_by Event
        perform < performed_by Event
        sing < performed_by Event
        discover < discovered_by Event
        illustrate < illustrated_by Event
        live in,at,near lives_in Dwelling,ByPerson
        reside in,at lives_in Dwelling,ByPerson
        dwell in lives_in Dwelling,ByPerson
        settle in lives_in Dwelling,Event,ByPerson
        settle+down in lives_in Dwelling,Event,ByPerson
        base in,at lives_in Passive,Dwelling
        move to lives_in Dwelling,Event,ByPerson
        move+back to lives_in Dwelling,Event,ByPerson
        move+over to lives_in Dwelling,Event,ByPerson
        move+up to lives_in Dwelling,Event,ByPerson
        move+down to lives_in Dwelling,Event,ByPerson
        move+out to lives_in Dwelling,Event,ByPerson
        move+away to lives_in Dwelling,Event,ByPerson
        relocate to lives_in Dwelling,Event
        relocate+back to lives_in Dwelling,Event
        emigrate to lives_in Dwelling,Event
        immigrate to lives_in Dwelling,Event
        move from lives_in Dwelling,Event,Closes,ByPerson
        move+back from lives_in Dwelling,Event,Closes,ByPerson
        move+away from lives_in Dwelling,Event,Closes,ByPerson
        move+out of lives_in Dwelling,Event,Closes,ByPerson
        relocate from lives_in Dwelling,Event,Closes
        emigrate from lives_in Dwelling,Event,Closes
        locate in,on,at,near located_in Passive
        situate in,on,at,near located_in Passive
        headquarter in,at located_in Passive
        work at,for works_at Place,ByPerson
        work as has_role Role,ByPerson
        serve as has_role Role,ByPerson
        employ by,at works_at Passive
        fire from,by works_at Passive,Closes,Event,Place,ByPerson
        sack from,by works_at Passive,Closes,Event,Place,ByPerson
        dismiss from,by works_at Passive,Closes,Event,Place,ByPerson
        lay+off from,by,at works_at Passive,Closes,Event,Place,ByPerson
        resign from works_at Closes,Event,Place,ByPerson
        retire from works_at Closes,Event,Named,ByPerson
        start at works_at Place,ByPerson,Event
        promote to has_role Passive,Event,Role
        appoint o has_role Passive,Event,Role
        elect o has_role Passive,Event,Role
        appoint as has_role Passive,Event,Role
        marry o partner:married Event,Being,ByPerson
        marry to partner:married Passive,Being,ByPerson
        wed o partner:married Event,Being
        engage to partner:engaged Passive,Being,ByPerson
        date o partner:dating Progressive,Being
        divorce o partner:married Event,Closes,Being,ByPerson
        divorce from partner:married Passive,Closes,Being
        break+up with partner:dating Event,Closes,Being
        split+up with partner:dating Event,Closes,Being
        own o has None
        buy o has Event,Owned
        purchase o has Event,Owned
        acquire o has Event,Owned
        adopt o has Event,Being
        sell o has Event,Closes,Owned
        lose o has Event,Closes,Owned
        like o likes ByPerson
        love o likes ByPerson
        enjoy o likes ByPerson
        adore o likes ByPerson
        hate o likes Negates,ByPerson
        dislike o likes Negates,ByPerson
        prefer o prefers ByPerson
        visit o visited Event
        attend o attended Event
        meet o met Event,Being
        see o saw Event,Named,ByPerson
        watch o watched Event,Work,ByPerson
        read o read Event,Work,ByPerson
        play o played Event,Work
        speak o speaks Named
        study at studies_at Place
        graduate from graduated_from Event
        star in starring-inverse Event,Named
        star o starring Named
        publish @ released_on Event
        release @ released_on Event
        premiere @ released_on Event
        issue @ released_on Event
        open @ released_on Event,ByThing
        happen @ happened_on Event
        occur @ happened_on Event
        hold @ happened_on Passive,Event
        die in,at died_in Event,Named,ByPerson
        die @ died_on Event,ByPerson
        name o is_named Passive
        call o is_named Passive
        """;

    /// <summary>Verbs of which a later noun or clause tells more than their object does; read by rules of their own.</summary>
    static readonly Dictionary<int, VerbRule[]> Rules = Read();

    public static VerbRule[]? Of(int verb) => verb >= 0 ? Rules.GetValueOrDefault(verb) : null;

    static Dictionary<int, VerbRule[]> Read()
    {
        var rules = new Dictionary<int, List<VerbRule>>();
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries))
        {
            var cells = line.Split(' ');
            var verb = cells[0].Split('+');
            var row = Lexicon.Find(verb[0]);
            if (row < 0)
            {
                continue;
            }

            var slot = cells[1] switch { "o" => Slot.Object, "<" => Slot.Inverse, "@" => Slot.Time, _ => Slot.Preposition };
            Word[] prepositions = slot == Slot.Preposition ? [.. cells[1].Split(',').Select(name => Enum.Parse<Word>(name, ignoreCase: true))] : [];
            var marks = cells.Length > 3 ? Enum.Parse<RuleMarks>(cells[3].Replace(",", ", ", StringComparison.Ordinal)) : RuleMarks.None;
            var particle = verb.Length > 1 ? Enum.Parse<Word>(verb[1], ignoreCase: true) : Word.None;
            rules.TryAdd(row, []);
            rules[row].Add(new VerbRule(slot, prepositions, cells[2], marks, particle));
        }

        return rules.ToDictionary(rule => rule.Key, rule => rule.Value.ToArray());
    }
}
