using Archicortex.Documents;

namespace Archicortex.Testing.Corpora;

/// <summary>A question, and the passage that answers it without sharing a content word with it.</summary>
sealed record ChainStory(IReadOnlyList<Document> Documents, string Question, string AnswerId);

/// <summary>Stories of two and three hops with made-up names, among distractors of the same words.</summary>
static class Chains
{
    static readonly string[] Starts = "Quor Bram Velt Drun Sif Tarn Ombr Palk Grav Wend Hask Lurm".Split(' ');
    static readonly string[] Ends = "ello andra ithi oshun ebek amund irra oft uvane essil ondo yric".Split(' ');

    public static ChainStory Make(int seed, int hops)
    {
        var random = new Random(seed);
        var names = Names(random, 80);
        var next = 0;
        string Name() => names[next++];
        var documents = new List<Document>();
        var (device, inventor, town, river) = (Name(), Name(), Name(), Name());
        documents.Add(new($"The {device} is a copper instrument devised by {inventor} long ago. It was shown at a fair.")
        {
            Id = "first",
            Title = device,
        });
        documents.Add(new($"{inventor} grew up among the weavers of {town} and never left. {Filler(random)}")
        {
            Id = "second",
            Title = inventor,
        });
        documents.Add(new($"{town} lies where the {river} meets salt marshes. {Filler(random)}")
        {
            Id = "third",
            Title = town,
        });

        // Distractors share the words of the question, but not its names.
        for (var i = 0; i < 16; i++)
        {
            var (other, person) = (Name(), Name());
            documents.Add(new($"The {other} is a copper instrument of the coast. Where did the maker, {person}, spend the childhood of the winter? "
                + "Which stream of the hills passes the home?")
            {
                Id = "distractor-" + i,
                Title = other,
            });
        }

        var question = hops == 2
            ? $"Where did the maker of the copper instrument {device} spend childhood?"
            : $"Which stream passes the childhood home of the maker of the copper instrument {device}?";
        return new(documents, question, hops == 2 ? "second" : "third");
    }

    static string Filler(Random random) => random.Next(3) switch
    {
        0 => "Winters are mild and bread is dear.",
        1 => "Two bridges were rebuilt after a flood.",
        _ => "Old maps call this something else.",
    };

    static string[] Names(Random random, int count)
    {
        var all = Starts.SelectMany(start => Ends.Select(end => start + end)).ToArray();
        random.Shuffle(all);
        return all[..count];
    }
}
