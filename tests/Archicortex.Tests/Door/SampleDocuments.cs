using Archicortex.Documents;

namespace Archicortex.Tests.Door;

/// <summary>Invented notes whose names lead from one to the next, from a seed.</summary>
static class SampleDocuments
{
    static readonly string[] People = ["Ada Kern", "Bo Lind", "Cleo Marsh", "Dora Vane", "Emil Stroud", "Fay Ombre", "Gil Tarn", "Hana Quill"];
    static readonly string[] Places = ["Port Elms", "Farrow Mill", "Gull Bridge", "Dunwick", "Lower Ashby", "Saint Orrin", "Tolland"];
    static readonly string[] Things = ["the glass clock", "a copper kettle", "the tide table", "an old map", "the ferry bell"];
    static readonly string[] Verbs = ["repaired", "sold", "painted", "carried", "lost", "found"];

    public static readonly string[] Questions =
    [
        "Who repaired the glass clock in Port Elms?",
        "Where does the sister of Ada Kern live?",
        "What did Bo Lind carry to Dunwick?",
        "which kettle was sold",
        "Who lost the ferry bell of Saint Orrin?",
    ];

    /// <summary>A document of a number; another version of it says something else.</summary>
    public static Document Of(int number, int version = 0)
    {
        var random = new Random((number * 1000) + version);
        string Pick(string[] words) => words[random.Next(words.Length)];
        var who = Pick(People);
        var text = $"{who} {Pick(Verbs)} {Pick(Things)} near {Pick(Places)} with {Pick(People)}. "
            + $"The sister of {Pick(People)} lives in {Pick(Places)}, as note {number} version {version} says.";
        if (number % 5 == 4)
        {
            text += string.Concat(Enumerable.Range(0, 6).Select(i => $" In part {i} {Pick(People)} {Pick(Verbs)} {Pick(Things)} in {Pick(Places)}."));
        }

        return new Document(text) { Id = $"note-{number}", Title = number % 2 == 0 ? $"{Pick(Places)} {number}" : null };
    }

    public static List<Document> Some(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(number => Of(number))];
}
