using Archicortex.Benchmarks.Episodes;
using Archicortex.Hierarchy;
using Archicortex.Testing.Corpora;
using NUnit.Framework;

namespace Archicortex.Tests.Hierarchy;

[TestFixture]
public sealed class EpisodeTests
{
    static readonly DateTimeOffset Noon = new(2024, 3, 9, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Episodes_are_a_partition_into_stretches_of_3_to_24_turns([Range(0, 39)] int seed)
    {
        var (turns, _, times) = Chat(seed);
        var starts = EpisodeSegmentation.Starts(TurnVectors.Of(turns), times);
        var silences = Enumerable.Range(1, Math.Max(0, turns.Count - 1)).Where(i => times[i] - times[i - 1] > EpisodeSegmentation.SilenceMax).ToHashSet();
        Assert.That(starts, Is.Ordered.Ascending.And.Unique, $"seed {seed}");
        Assert.That(starts.Length == 0 ? turns.Count : starts[0], Is.Zero);
        Assert.That(silences.Except(starts), Is.Empty, "a silence always starts an episode");
        foreach (var (start, end) in starts.Zip(starts.Skip(1).Append(turns.Count)))
        {
            var isWholeStretch = (start == 0 || silences.Contains(start)) && (end == turns.Count || silences.Contains(end));
            Assert.That(end - start, Is.InRange(isWholeStretch ? 1 : EpisodeSegmentation.LengthMin, EpisodeSegmentation.LengthMax), $"seed {seed}, turn {start}");
        }
    }

    [Test]
    public void Refinement_keeps_the_number_of_boundaries_and_never_lowers_modularity([Range(0, 29)] int seed)
    {
        var (turns, _, _) = Chat(seed);
        var vectors = TurnVectors.Of(turns);
        var random = new Random(seed);
        var surprise = turns.Select(_ => random.NextDouble()).ToArray();
        var cuts = EpisodeSegmentation.Cuts(surprise);
        var before = Modularity(vectors, cuts);
        var moved = cuts.ToArray();
        EpisodeRefinement.Move(vectors, 0, turns.Count, moved);
        Assert.That(moved, Has.Length.EqualTo(cuts.Length).And.Ordered.Ascending, $"seed {seed}");
        Assert.That(Modularity(vectors, moved), Is.GreaterThanOrEqualTo(before - 1e-6), $"seed {seed}");
    }

    [Test]
    public void Refinement_takes_the_best_place_within_half_an_episode_and_of_equal_ones_the_earliest([Range(0, 19)] int seed)
    {
        var (turns, _, _) = Chat(seed, topics: 2);
        var vectors = TurnVectors.Of(turns);
        int[] cut = [turns.Count / 2];
        var best = Enumerable.Range(0, turns.Count)
            .Where(place => place >= cut[0] - (cut[0] / 2) && place <= cut[0] + ((turns.Count - cut[0]) / 2)
                && place is >= 3 and <= 24 && turns.Count - place is >= 3 and <= 24)
            .Select(place => (Place: place, Gain: Math.Round(Modularity(vectors, [place]), 9))).MaxBy(one => one.Gain).Place;
        EpisodeRefinement.Move(vectors, 0, turns.Count, cut);
        Assert.That(cut[0], Is.EqualTo(best), $"seed {seed}, {turns.Count} turns");
    }

    [Test]
    public void On_concatenated_topics_boundaries_are_found_better_than_by_windows_of_any_fixed_length()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        var chats = Enumerable.Range(0, 30).Select(_ => TopicTalk.Concatenated(random, 8)).ToList();
        var found = chats.Average(chat => BoundaryF1.Of(Inner(chat.Turns), chat.Starts, 1));
        var windows = Enumerable.Range(3, 22).Max(length => chats.Average(chat => BoundaryF1.Of(Windows(chat.Turns.Count, length), chat.Starts, 1)));
        TestContext.Out.WriteLine($"F1 ± 1: episodes {found:0.00}, best windows {windows:0.00}");
        Assert.That(found, Is.GreaterThan(windows + 0.2), $"seed {Seed}");
    }

    [Test]
    public void How_what_comes_after_a_silence_is_cut_moves_no_boundary_before_it([Range(0, 9)] int seed)
    {
        var random = new Random(seed);
        var (before, _) = TopicTalk.Concatenated(random, 4);
        var (after, _) = TopicTalk.Concatenated(random, 4);
        var turns = TurnVectors.Of([.. before, .. after]);
        int[] Cut(int minutes) => EpisodeSegmentation.Starts(
            turns, [.. Times(before.Count), .. after.Select((_, i) => (DateTimeOffset?)Noon.AddHours(5).AddMinutes(i / 5 * minutes))]);
        var (loose, broken) = (Cut(0), Cut(60));
        Assert.That(broken, Is.Not.EqualTo(loose));
        Assert.That(broken.Where(start => start <= before.Count), Is.EqualTo(loose.Where(start => start <= before.Count)), $"seed {seed}");
        Assert.That(loose, Does.Contain(before.Count), $"seed {seed}");
    }

    [Test]
    public void Of_nothing_there_are_no_episodes_and_of_turns_without_words_one()
    {
        Assert.That(EpisodeSegmentation.Starts(TurnVectors.Of([]), []), Is.Empty);
        Assert.That(EpisodeSegmentation.Starts(TurnVectors.Of(["…", "👍", ""]), Times(3)), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Half_an_hour_of_silence_starts_an_episode_and_a_minute_less_does_not()
    {
        string[] turns = ["The kettle whistles.", "Then the kettle boils.", "Take the kettle off.", "The kettle is hot.", "A copper kettle."];
        DateTimeOffset?[] At(int minutes) => [.. Enumerable.Range(0, 5).Select(i => (DateTimeOffset?)Noon.AddMinutes(i < 3 ? 0 : minutes))];
        Assert.That(EpisodeSegmentation.Starts(TurnVectors.Of(turns), At(30)), Is.EqualTo(new[] { 0 }));
        Assert.That(EpisodeSegmentation.Starts(TurnVectors.Of(turns), At(31)), Is.EqualTo(new[] { 0, 3 }));
        Assert.That(() => EpisodeSegmentation.Starts(TurnVectors.Of(turns), At(0).AsSpan(1)), Throws.ArgumentException.With.Message.Contains("5 turns and 4 times"));
    }

    [Test]
    public void A_chat_without_any_surprise_is_cut_all_the_same_at_24_turns()
    {
        var turns = Enumerable.Repeat("The kettle whistles on the stove.", 100).ToList();
        var starts = EpisodeSegmentation.Starts(TurnVectors.Of(turns), Times(100));
        Assert.That(starts, Has.Length.InRange(5, 8), "about as few as there can be of 24 at most");
        Assert.That(starts.Zip(starts.Skip(1).Append(100), (start, end) => end - start), Is.All.InRange(3, 24));
    }

    [Test]
    public void Repeats_are_adjacent_turns_of_one_speaker_that_say_the_same_and_none_is_lost()
    {
        (string?, string)[] turns =
        [
            ("Ann", "Are you there?"), ("Ann", "Are you there?"), ("Ann", "are you there"), ("Bo", "Are you there?"), ("Ann", "See you at 5."),
            ("Ann", "See you at 6."), ("Ann", "I will come to the party at the lake with Tom."), ("Ann", "I will not come to the party at the lake with Tom."),
            ("Ann", "I will come to the party at the lake with Ann."), ("Ann", "👍"), ("Ann", "👍"), ("Ann", "👎"),
        ];
        var runs = TurnRepeats.Of(turns);
        Assert.That(runs.Select(run => (run.First, run.Count)), Is.EqualTo(new[] { (0, 3), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (9, 2), (11, 1) }));
    }

    [Test]
    public void Cosine_is_1_for_a_turn_with_itself_symmetric_and_0_without_words_in_common([Range(0, 9)] int seed)
    {
        var (turns, _, _) = Chat(seed);
        var vectors = TurnVectors.Of([.. turns, "zither", "the of and"]);
        for (var i = 0; i < turns.Count; i++)
        {
            Assert.That(vectors.Cosine(i, i), Is.EqualTo(vectors.Cosine(i, i) > 0 ? 1 : 0).Within(1e-6), $"seed {seed}");
            Assert.That(vectors.Cosine(i, turns.Count), Is.Zero);
            Assert.That(vectors.Cosine(i, turns.Count / 2), Is.EqualTo(vectors.Cosine(turns.Count / 2, i)));
        }

        Assert.That(vectors.Cosine(turns.Count + 1, turns.Count + 1), Is.Zero);
    }

    static int[] Inner(List<string> turns) => EpisodeSegmentation.Starts(TurnVectors.Of(turns), Times(turns.Count))[1..];

    static List<int> Windows(int turns, int length) => [.. Enumerable.Range(1, turns).Select(i => i * length).TakeWhile(start => start < turns)];

    static DateTimeOffset?[] Times(int count) => [.. Enumerable.Range(0, count).Select(i => (DateTimeOffset?)Noon.AddSeconds(i))];

    static (List<string> Turns, List<int> Starts, DateTimeOffset?[] Times) Chat(int seed, int? topics = null)
    {
        var random = new Random(seed);
        var (turns, starts) = TopicTalk.Concatenated(random, topics ?? random.Next(1, 12), topics is null ? 1 : 5, topics is null ? 30 : 20);
        var at = Noon;
        var times = turns.Select(_ => (DateTimeOffset?)(at += TimeSpan.FromMinutes(random.Next(20) == 0 ? 90 : 1))).ToArray();
        return (turns, starts, times);
    }

    /// <summary>By the definition: no running sums.</summary>
    static double Modularity(TurnVectors turns, int[] cuts)
    {
        double Edge(int a, int b) => a == b || Math.Abs(a - b) >= EpisodeRefinement.Band ? 0 : turns.Cosine(a, b);
        int[] bounds = [0, .. cuts, turns.Count];
        var degree = Enumerable.Range(0, turns.Count).Select(i => Enumerable.Range(0, turns.Count).Sum(j => Edge(i, j))).ToArray();
        var total = Math.Max(degree.Sum(), double.Epsilon);
        var sum = 0.0;
        for (var c = 1; c < bounds.Length; c++)
        {
            var members = Enumerable.Range(bounds[c - 1], bounds[c] - bounds[c - 1]).ToList();
            sum += members.Sum(i => members.Sum(j => Edge(i, j))) - (Math.Pow(members.Sum(i => degree[i]), 2) / total);
        }

        return sum;
    }
}
