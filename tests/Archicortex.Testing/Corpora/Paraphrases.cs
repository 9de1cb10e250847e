using Archicortex.Documents;
using Archicortex.Testing.Models;

namespace Archicortex.Testing.Corpora;

/// <summary>Passages and questions that mean the same and share no word that tells: each concept is written one way here and another way there.</summary>
public sealed class Paraphrases
{
    const int Concepts = 400;
    const int ConceptsOfPassage = 12;
    const int ConceptsOfQuestion = 6;

    // Further apart than one letter: a word misspelt by one is read as the known one.
    const string WrittenEnd = "kow";
    const string AskedStart = "muh";

    readonly Random _random;

    public Paraphrases(int seed, int passages)
    {
        _random = new Random(seed);
        var meanings = Enumerable.Range(0, passages)
            .Select(_ => Enumerable.Range(0, ConceptsOfPassage).Select(_ => _random.Next(Concepts)).ToArray()).ToArray();
        Documents = [.. meanings.Select((concepts, i) => new Document($"Then we saw {string.Join(" and ", concepts.Select(Written))} there.") { Id = $"p{i}" })];
        Questions = [.. meanings.Select((concepts, i) => ($"p{i}", $"what did we say about {string.Join(" or ", concepts.Take(ConceptsOfQuestion).Select(Asked))}?"))];
    }

    public IReadOnlyList<Document> Documents { get; }

    /// <summary>Each with the id of the document it asks for.</summary>
    public IReadOnlyList<(string Gold, string Text)> Questions { get; }

    /// <summary>Knows what the words mean, however they are written.</summary>
    public static ScriptedEmbedder Strong() => new("concepts:256", 256, word =>
        word.EndsWith(WrittenEnd, StringComparison.Ordinal) ? word[..^WrittenEnd.Length]
        : word.StartsWith(AskedStart, StringComparison.Ordinal) ? word[AskedStart.Length..]
        : word);

    static string Written(int concept) => Stem(concept) + WrittenEnd;

    static string Asked(int concept) => AskedStart + Stem(concept);

    static string Stem(int concept)
    {
        const string Consonants = "bdfglnprstvz";
        const string Vowels = "aeiou";
        return string.Concat(Enumerable.Range(0, 4).Select(place =>
        {
            var part = concept / (int)Math.Pow(5, place) % 5;
            return $"{Consonants[(part * 2) + (place % 2)]}{Vowels[part]}";
        }));
    }
}
