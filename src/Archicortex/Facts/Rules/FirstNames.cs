using System.Collections.Frozen;

namespace Archicortex.Facts.Rules;

/// <summary>Whether a name is mostly given to women or to men.</summary>
enum Gender : byte
{
    Unknown,
    Female,
    Male,
}

/// <summary>Common first names: they tell a person from a place, and she from he. A name given to both stands in neither list.</summary>
static class FirstNames
{
    const string Women =
        "ada agnes alba alexandra alice alicia alison amanda amelia amy ana andrea angela anita ann anna anne annie antonia "
        + "astrid audrey barbara beatrice bella berta beth betty brenda bridget camilla carla carol caroline catherine cecilia "
        + "charlotte christina christine cindy claire clara claudia cora cynthia daisy deborah debra denise diana diane dolores "
        + "donna dora doris dorothy edda edith elaine eleanor elena elisabeth elise eliza elizabeth ella ellen elsa emily emma "
        + "erica esther eva eve evelyn felicia fiona flora florence frances freya gabriella georgia gina gloria grace greta gwen "
        + "hanna hannah harriet heather heidi helen helena helga ida ilse ines ingrid irene iris isabel isabella jane janet "
        + "janice jasmine jean jennifer jenny jessica joan joanna josephine joyce judith judy julia julie karen kate katherine "
        + "kathleen katie kitty laura lauren lena leonie lily linda lisa liv lola louise lucia lucy lydia maggie mara margaret "
        + "maria marie marianne marina martha mary matilda maud maya melanie melissa mia michelle mildred miranda molly monica "
        + "morwenna nadia nancy naomi natalie nina nora olga olivia orla pamela patricia paula pauline penelope petra phyllis "
        + "priya rachel rebecca rita rosa rosalind rose ruth sabine sally samantha sandra sara sarah selma sharon sheila shirley "
        + "silvia simone sofia sonia sonja sophia sophie stella stephanie susan susanna sylvia teresa thelma theresa tilda tina "
        + "ursula valerie vanessa vera veronica victoria violet virginia vivian wendy yvonne zoe";

    const string Men =
        "aaron abraham adam adrian alan albert alexander alfred allan andrew andy anselm anthony anton antonio arnold arthur "
        + "barry ben benjamin bernard bill bob brandon brian bruce bruno carl carlos cedric charles christopher clarence colin "
        + "conrad craig daniel dave david dennis derek diego dominic donald douglas duncan earl eddie edgar edmund eduardo edward "
        + "edwin emil eric erik ernest eugene felix fernando francis francisco frank franklin fred frederick fritz gary geoffrey "
        + "george gerald gilbert giovanni glenn gordon graham greg gregory gustav guy hans harald harold harry henrik henry "
        + "herbert herman howard hugh hugo ian igor isaac ivan ivo jack jacob jake james jason jeff jeffrey jeremy jerome jerry "
        + "jim joe joel johan johannes john johnny jonah jonas jonathan jorge jose joseph joshua josh juan julian karl keith "
        + "kenneth kevin klaus kurt kyle lars larry laurence lawrence leo leon leonard leroy lewis louis lucas luis luke marco "
        + "marcus mario mark martin matteo matthew matthias maurice max maxwell michael miguel mike milo moses nathan nathaniel neil "
        + "nicholas nigel nikolai noah norman oliver olof omar oscar otto owen patrick paul pedro peter philip pieter ralph raymond "
        + "reginald rene richard robert roberto roger roland rolf ronald ruben rudolf rupert russell ryan samuel scott sean "
        + "sebastian sergio simon stanley stefan stephen steve steven stuart ted theodore thomas tim timothy tobias todd tom tony "
        + "victor vincent vladimir walter warren wayne wilhelm william wolfgang xavier yusuf";

    static readonly FrozenDictionary<string, Gender>.AlternateLookup<ReadOnlySpan<char>> Names = Women.Split(' ')
        .Select(name => KeyValuePair.Create(name, Gender.Female))
        .Concat(Men.Split(' ').Select(name => KeyValuePair.Create(name, Gender.Male)))
        .ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="name">Folded letters of one word.</param>
    public static Gender GenderOf(ReadOnlySpan<char> name) => Names.TryGetValue(name, out var gender) ? gender : Gender.Unknown;

    public static bool Contains(ReadOnlySpan<char> name) => Names.ContainsKey(name);
}
