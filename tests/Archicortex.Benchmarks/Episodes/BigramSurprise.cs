using Archicortex.Language;

namespace Archicortex.Benchmarks.Episodes;

/// <summary>The other way to be surprised: −mean ln p of a turn's words under an interpolated bigram model of the turns before it.</summary>
static class BigramSurprise
{
    const double BigramShare = 0.3;
    const double Smoothing = 0.5;
    const double VocabularySize = 2000;

    public static double[] Of(IReadOnlyList<string> turns)
    {
        var (words, pairs, total) = (new Dictionary<string, int>(), new Dictionary<(string, string), int>(), 0);
        var surprise = new double[turns.Count];
        var buffer = new TokenBuffer();
        for (var turn = 0; turn < turns.Count; turn++)
        {
            buffer.Clear();
            buffer.Read(turns[turn]);
            var said = new List<string> { "" };
            foreach (var token in buffer.Tokens)
            {
                said.Add(buffer.Folded(token).ToString());
            }

            for (var i = 1; i < said.Count; i++)
            {
                var alone = (words.GetValueOrDefault(said[i]) + Smoothing) / (total + (Smoothing * VocabularySize));
                var after = (double)pairs.GetValueOrDefault((said[i - 1], said[i])) / Math.Max(1, words.GetValueOrDefault(said[i - 1]));
                surprise[turn] -= Math.Log((BigramShare * after) + ((1 - BigramShare) * alone)) / (said.Count - 1);
            }

            for (var i = 0; i < said.Count; i++)
            {
                words[said[i]] = words.GetValueOrDefault(said[i]) + 1;
                total += i > 0 ? 1 : 0;
                if (i > 0)
                {
                    pairs[(said[i - 1], said[i])] = pairs.GetValueOrDefault((said[i - 1], said[i])) + 1;
                }
            }
        }

        return surprise;
    }
}
