using System.Collections.Frozen;

namespace Archicortex.Facts.Rules;

/// <summary>The words of English that are no open class: known by heart, never guessed.</summary>
static class ClosedWords
{
    /// <summary>A line a tag; "is=Be" gives a word the name by which rules ask for it, a word alone its own, if there is one.</summary>
    const string Table = """
        Pronoun: i me=I myself=I mine=I you yourself=You yours=You he him=He himself=He she herself=She hers=She it itself=It
        Pronoun: we us=We ourselves=We ours=We they them=They themselves=They theirs=They this these=This those=This
        Pronoun: someone everybody everyone anybody anyone something everything anything nobody nothing none others
        Pronoun: there another each=None
        Possessive: my=I your=You his=He her=She its=It our=We their=They whose=Who
        Determiner: the a an=A some any every no several many few both all half enough most such either neither much
        Auxiliary: be am=Be is=Be are=Be was=Be were=Be been=Be being=Be m=Be re=Be isn=Be aren=Be wasn=Be weren=Be ain=Be
        Auxiliary: have has=Have had=Have having=Have ve=Have haven=Have hasn=Have hadn=Have
        Auxiliary: do does=Do did=Do don=Do doesn=Do didn=Do doing=Do done=Do
        Modal: will ll=Will would wouldn=Would d=Would may might=May could=May couldn=May can cannot=Can shall=Should should
        Modal: shouldn=Should must=Should mustn=Should
        Not: not never hardly rarely=Hardly seldom=Hardly scarcely=Hardly
        Preposition: of in on at by for with from as into onto about over under between through during since until till=Until
        Preposition: against among around across along behind beside besides beyond near toward towards upon within without
        Preposition: after before below above inside outside despite throughout alongside via per like than to
        Adverb: now then here always often just really very too also still soon already yet again maybe perhaps=Maybe
        Adverb: probably=Maybe possibly=Maybe actually recently lately currently originally formerly usually sometimes together
        Adverb: once ever even only quite almost ago later earlier instead otherwise rather so anymore up out off down back away
        Adverb: today tomorrow yesterday tonight however therefore thus moreover meanwhile mostly mainly
        Adverb: sadly luckily finally honestly totally definitely absolutely apparently=Maybe allegedly=Maybe reportedly=Maybe
        Adverb: supposedly=Maybe presumably=Maybe likely=Maybe
        And: and or
        Relative: who which whom=Who
        Clause: but because although though when while where why how what that whereas nor as_if once_that
        Condition: if unless whether wish suppose
        Other: hey hi hello yes yeah yep wow oh ah ok okay thanks thank please bye congrats congratulations haha lol cool great
        Other: nice sure right well anyway btw hmm aww omg cheers sorry good_morning etc
        """;

    /// <summary>Participles that are never a past tense: behind a noun they describe it.</summary>
    const string Participles =
        "written born seen taken given known drawn grown shown thrown chosen spoken broken stolen driven ridden risen eaten "
        + "fallen forgotten hidden sung begun done gone worn torn sworn been woven frozen flown sunk rung";

    static readonly FrozenDictionary<string, (Tag Tag, Word Word)>.AlternateLookup<ReadOnlySpan<char>> Words =
        Read().ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OnlyParticiples =
        FrozenSet.ToFrozenSet(Participles.Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviated = FrozenSet.ToFrozenSet(
        ("mr mrs ms dr prof st jr sr vs no vol inc ltd co corp gen col capt rev lt sgt hon ca jan feb mar apr jun jul aug "
        + "sep sept oct nov dec mt ft").Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Honorific = FrozenSet.ToFrozenSet(
        "mr mrs ms miss dr prof professor sir lady lord dame saint".Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryGet(ReadOnlySpan<char> word, out Tag tag, out Word name)
    {
        var found = Words.TryGetValue(word, out var entry);
        (tag, name) = entry;
        return found;
    }

    /// <summary>True for words a full stop behind them does not end a sentence.</summary>
    public static bool IsAbbreviation(ReadOnlySpan<char> word) => Abbreviated.Contains(word);

    public static bool IsParticipleOnly(ReadOnlySpan<char> word) => OnlyParticiples.Contains(word);

    /// <summary>True for what is said before a person's name and is not part of it.</summary>
    public static bool IsHonorific(ReadOnlySpan<char> word) => Honorific.Contains(word);

    static Dictionary<string, (Tag, Word)> Read()
    {
        var words = new Dictionary<string, (Tag, Word)>();
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var tag = Enum.Parse<Tag>(line[..colon]);
            foreach (var item in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = item.Split('=');
                words[parts[0]] = (tag, Enum.TryParse<Word>(parts[^1], ignoreCase: true, out var name) ? name : Word.None);
            }
        }

        return words;
    }
}
