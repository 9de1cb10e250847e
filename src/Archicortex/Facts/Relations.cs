using System.Collections.Frozen;

namespace Archicortex.Facts;

/// <summary>What is known of a relation beside its name.</summary>
[Flags]
public enum RelationTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A subject has one object at a time: a new one ends the old.</summary>
    Functional = 1,

    /// <summary>It holds both ways round.</summary>
    Symmetric = 2,
}

/// <summary>The relations that have a meaning to the engine; any other words are relations too, without traits.</summary>
public static class Relations
{
    static readonly FrozenDictionary<string, RelationTraits> Known = new Dictionary<string, RelationTraits>
    {
        ["is_named"] = RelationTraits.Functional,
        ["age"] = RelationTraits.Functional,
        ["born_in"] = RelationTraits.Functional,
        ["born_on"] = RelationTraits.Functional,
        ["died_in"] = RelationTraits.Functional,
        ["died_on"] = RelationTraits.Functional,
        ["lives_in"] = RelationTraits.Functional,
        ["works_at"] = RelationTraits.Functional,
        ["has_role"] = RelationTraits.Functional,
        ["partner:married"] = RelationTraits.Functional | RelationTraits.Symmetric,
        ["partner:engaged"] = RelationTraits.Functional | RelationTraits.Symmetric,
        ["partner:dating"] = RelationTraits.Functional | RelationTraits.Symmetric,
        ["kin:sibling"] = RelationTraits.Symmetric,
        ["kin:friend"] = RelationTraits.Symmetric,
        ["capital_of"] = RelationTraits.Functional,
        ["released_on"] = RelationTraits.Functional,
        ["happened_on"] = RelationTraits.Functional,
        ["studies_at"] = RelationTraits.Functional,
        ["attribute:birthday"] = RelationTraits.Functional,
        ["attribute:email"] = RelationTraits.Functional,
        ["attribute:phone"] = RelationTraits.Functional,
        ["attribute:address"] = RelationTraits.Functional,
        ["attribute:capital"] = RelationTraits.Functional,
        ["attribute:status"] = RelationTraits.Functional,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> Families = FrozenSet.ToFrozenSet(["kin", "partner", "attribute", "does"], StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string[]> Asked = new Dictionary<string, string[]>
    {
        ["partner married"] = ["spouse", "husband", "wife", "partner"],
        ["partner engaged"] = ["fiance", "fiancee", "partner"],
        ["partner dating"] = ["boyfriend", "girlfriend", "partner"],
        ["kin sibling"] = ["sister", "brother"],
        ["born in"] = ["birthplace", "place birth", "hometown"],
        ["born on"] = ["birthday", "birth date", "date birth"],
        ["died in"] = ["place death"],
        ["died on"] = ["date death", "death"],
        ["lives in"] = ["home", "residence", "city", "move"],
        ["works at"] = ["employer", "company", "job", "workplace", "join"],
        ["has role"] = ["job", "profession", "occupation", "position"],
        ["located in"] = ["location", "place"],
        ["studies at"] = ["university", "school", "college"],
        ["is named"] = ["name"],
        ["founded by"] = ["founder"],
        ["written by"] = ["author", "writer"],
        ["directed by"] = ["director"],
        ["composed by"] = ["composer"],
        ["produced by"] = ["producer"],
        ["performed by"] = ["performer", "singer"],
        ["released on"] = ["release date", "come out"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    const string Favourite = "favourite";

    // In graphs of facts relations are compared by their words alone.
    static readonly FrozenDictionary<string, RelationTraits> ByWords =
        Known.ToFrozenDictionary(pair => pair.Key.Replace('_', ' ').Replace(':', ' '), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>
    /// The words by which people ask for a relation: its own, without the family it belongs to ("kin", "partner"), and for
    /// some relations words that share no meaning with its name.
    /// </summary>
    /// <param name="words">Its words, joined by spaces.</param>
    internal static IEnumerable<string> WaysToAsk(string words)
    {
        var space = words.IndexOf(' ', StringComparison.Ordinal);
        yield return space > 0 && Families.Contains(words[..space]) ? words[(space + 1)..] : words;
        foreach (var other in Asked.GetValueOrDefault(words, []))
        {
            yield return other;
        }
    }

    /// <summary>What is known of a relation.</summary>
    /// <param name="words">Its words, joined by spaces.</param>
    internal static RelationTraits TraitsOfWords(string words) =>
        words.StartsWith(Favourite, StringComparison.Ordinal) ? RelationTraits.Functional : ByWords.GetValueOrDefault(words);

    /// <summary>What is known of a relation.</summary>
    /// <param name="relation">Its name.</param>
    public static RelationTraits TraitsOf(string relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return TraitsOfWords(relation.Replace('_', ' ').Replace(':', ' '));
    }
}
