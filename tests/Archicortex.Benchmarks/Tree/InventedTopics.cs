using System.Text;

namespace Archicortex.Benchmarks.Tree;

/// <summary>Passages about made-up topics: passage n says the same on every run.</summary>
sealed class InventedTopics(int topics)
{
    const int WordsOfTopic = 60;
    const int WordsOfAll = 20_000;
    const double OwnShare = 0.5;

    static readonly string[] Syllables = "ba ke lo mi nu par sen tor vel wim dra fos gil hep jun cam rul stap zeb nork".Split(' ');

    public string Passage(int index)
    {
        var random = new Random(index);
        var topic = random.Next(topics);
        var text = new StringBuilder();
        for (var left = 40 + random.Next(60); left > 0; left--)
        {
            var rank = Ranked(random, random.NextDouble() < OwnShare ? WordsOfTopic : WordsOfAll, out var isOwn);
            text.Append(Word(isOwn ? (topic * WordsOfTopic) + rank : (topics * WordsOfTopic) + rank)).Append(' ');
        }

        return text.ToString();
    }

    /// <summary>Rank r with a chance like 1/r.</summary>
    static int Ranked(Random random, int count, out bool isOwn)
    {
        isOwn = count == WordsOfTopic;
        return (int)Math.Pow(count, random.NextDouble()) - 1;
    }

    static string Word(int number)
    {
        var word = new StringBuilder();
        for (var left = number + Syllables.Length; left > 0; left /= Syllables.Length)
        {
            word.Append(Syllables[left % Syllables.Length]);
        }

        return word.ToString();
    }
}
