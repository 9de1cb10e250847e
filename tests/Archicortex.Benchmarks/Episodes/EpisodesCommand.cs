using System.CommandLine;
using System.Globalization;
using Archicortex.Benchmarks.Quality;
using Archicortex.Hierarchy;

namespace Archicortex.Benchmarks.Episodes;

/// <summary>The <c>episodes</c> command: how well the boundaries between concatenated pieces of different chats are found.</summary>
static class EpisodesCommand
{
    const int Seed = 5;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder with corpus.jsonl of turns with groups and sessions.", Required = true };
        var chats = new Option<int>("--chats") { Description = "Concatenated chats.", DefaultValueFactory = _ => 200 };
        var command = new Command("episodes", "Finds the boundaries between pieces of different conversations.") { data, chats };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(chats)));
        return command;
    }

    static void Run(string folder, int count)
    {
        var sessions = EvaluationSet.ReadCorpus(folder).GroupBy(record => (record.Group, record.Document.Session))
            .Select(group => (group.Key.Group, Turns: group.Select(record => record.Document.Text).ToList())).ToList();
        var random = new Random(Seed);
        var chats = Enumerable.Range(0, count).Select(_ => Concatenated(random, sessions)).ToList();
        foreach (var length in (int[])[8, 12, 16])
        {
            Print($"windows of {length}", chats, turns => [.. Enumerable.Range(1, turns.Count).Select(i => i * length).Where(start => start < turns.Count)]);
        }

        Print("cosine surprise", chats, turns => Cut(turns, TurnVectors.Of(turns), isBigram: false, isRefined: false));
        Print("cosine surprise, refined", chats, turns => EpisodeSegmentation.Starts(TurnVectors.Of(turns), new DateTimeOffset?[turns.Count])[1..]);
        Print("bigram surprise", chats, turns => Cut(turns, TurnVectors.Of(turns), isBigram: true, isRefined: false));
        Print("bigram surprise, refined", chats, turns => Cut(turns, TurnVectors.Of(turns), isBigram: true, isRefined: true));
    }

    static int[] Cut(List<string> turns, TurnVectors vectors, bool isBigram, bool isRefined)
    {
        var cuts = EpisodeSegmentation.Cuts(isBigram ? BigramSurprise.Of(turns) : EpisodeSegmentation.Surprise(vectors, 0, turns.Count));
        if (isRefined)
        {
            EpisodeRefinement.Move(vectors, 0, turns.Count, cuts);
        }

        return cuts;
    }

    static (List<string> Turns, List<int> Starts) Concatenated(Random random, List<(string Group, List<string> Turns)> sessions)
    {
        const int Pieces = 8;
        var (turns, starts, before) = (new List<string>(), new List<int>(), "");
        for (var piece = 0; piece < Pieces; piece++)
        {
            var others = sessions.Where(session => session.Group != before).ToList();
            var (group, said) = others[random.Next(others.Count)];
            var length = Math.Min(said.Count, random.Next(5, 21));
            if (piece > 0)
            {
                starts.Add(turns.Count);
            }

            turns.AddRange(said.Skip(random.Next(said.Count - length + 1)).Take(length));
            before = group;
        }

        return (turns, starts);
    }

    static void Print(string name, List<(List<string> Turns, List<int> Starts)> chats, Func<List<string>, IReadOnlyCollection<int>> find)
    {
        var found = chats.ConvertAll(chat => find(chat.Turns));
        var f1 = new[] { 0, 1, 2 }.Select(tolerance => found.Zip(chats, (one, chat) => BoundaryF1.Of(one, chat.Starts, tolerance)).Average());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-26} F1 {string.Join("  ", f1.Select((value, i) => $"±{i} {value:0.000}"))}  boundaries {found.Sum(one => one.Count)} of {chats.Sum(chat => chat.Starts.Count)}"));
    }
}
