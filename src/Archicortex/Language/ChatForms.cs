using System.Collections.Frozen;

namespace Archicortex.Language;

/// <summary>Words as people type them, and as they are asked for: "mom" and "mum" are "mother", "pics" are "photo".</summary>
/// <remarks>
/// No stemmer brings these together. Written by hand from what people shorten in messages; a plain list, because a rule
/// ("drop the vowels") would be wrong more often than right. Irregular forms of the dictionary are not here but in
/// <see cref="Lexicon"/>.
/// </remarks>
static class ChatForms
{
    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Forms = FrozenDictionary.ToFrozenDictionary(
        ("gf:girlfriend bf:boyfriend bff:friend bday:birthday xmas:christmas pic:photo pics:photo picture:photo pictures:photo "
        + "photograph:photo photographs:photo photography:photo fav:favorite fave:favorite faves:favorite favs:favorite "
        + "favourite:favorite favourites:favorite tv:television vid:video vids:video uni:university mom:mother mum:mother "
        + "mommy:mother mummy:mother dad:father daddy:father bro:brother sis:sister grandma:grandmother grandpa:grandfather "
        + "granny:grandmother bike:bicycle bikes:bicycle convo:conversation congrats:congratulations pls:please plz:please "
        + "ppl:people tmr:tomorrow tmrw:tomorrow cuz:because bc:because mins:minute hr:hour hrs:hour wk:week wks:week yr:year "
        + "yrs:year app:application apps:application info:information vacay:vacation colour:color colours:color movie:film "
        + "movies:film kid:child kids:child u:you ur:your thx:thanks doc:doctor phone:telephone fridge:refrigerator "
        + "veggies:vegetable veggie:vegetable gran:grandmother granma:grandmother nana:grandmother grandad:grandfather granddad:grandfather "
        + "wknd:weekend wkend:weekend appt:appointment apt:apartment msg:message msgs:message fri:friday thurs:thursday tues:tuesday "
        + "bbq:barbecue hubby:husband fam:family comps:competition tix:ticket prof:professor theatre:theater centre:center tyre:tire "
        + "tyres:tire jewellery:jewelry programme:program programmes:program")
        .Split(' ').Select(pair => pair.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly WordPart[] Parts = [WordPart.Noun, WordPart.Verb, WordPart.Adjective, WordPart.Adverb];

    /// <summary>The word that stands for a form typed in a chat or irregularly inflected; null: it stands for itself.</summary>
    /// <param name="word">Folded form.</param>
    public static string? BaseOf(ReadOnlySpan<char> word)
    {
        if (Forms.TryGetValue(word, out var known))
        {
            return known;
        }

        foreach (var part in Parts)
        {
            var row = Lexicon.IrregularBase(word, part);
            if (row >= 0)
            {
                return Lexicon.Word(row);
            }
        }

        return null;
    }
}
