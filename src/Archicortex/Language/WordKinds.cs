namespace Archicortex.Language;

/// <summary>Which words are kinds of a thing: "guitar" and "violin" of "instrument", "Boston" of "city".</summary>
/// <remarks>
/// Who asks for instruments, cities or pets names the class; who answers names members, and the two words share nothing. The tree of
/// nouns is that of <see cref="Lexicon"/>, turned upside down at first use (a few milliseconds, a megabyte and a half). A class is meant in any
/// of its common meanings, a member in its commonest only: a wider net catches more by chance than by meaning. Single words only.
/// </remarks>
static class WordKinds
{
    const int DepthMax = 4;

    // "thing" and "activity" have thousands of kinds, which say nothing any more.
    const int KindsMax = 1000;

    static readonly Lazy<Branches> Tree = new(() => new Branches());

    /// <summary>Rows of the kinds of a noun, by each of its common meanings that does not have too many.</summary>
    /// <param name="row">The noun's row in the lexicon.</param>
    public static List<int> Of(int row)
    {
        var kinds = new List<int>();
        if (Lexicon.Weight(row, WordPart.Noun) > 0)
        {
            foreach (var sense in Lexicon.Senses(row))
            {
                AddBelow(sense, kinds);
            }
        }

        return kinds;
    }

    /// <summary>Rows of the words that share a common meaning with a noun: "couch" with "sofa".</summary>
    /// <param name="row">The noun's row in the lexicon.</param>
    public static List<int> Synonyms(int row)
    {
        var same = new List<int>();
        foreach (var sense in Lexicon.Senses(row))
        {
            same.AddRange(Tree.Value.Synonyms(sense));
        }

        return same;
    }

    static void AddBelow(int top, List<int> kinds)
    {
        var start = kinds.Count;
        var (front, seen) = (new List<int> { top }, new HashSet<int> { top });
        for (var depth = 0; depth < DepthMax && front.Count > 0; depth++)
        {
            var next = new List<int>();
            foreach (var sense in front)
            {
                foreach (var below in Tree.Value.Below(sense))
                {
                    if (seen.Add(below))
                    {
                        next.Add(below);
                        kinds.AddRange(Tree.Value.Words(below));
                    }
                }
            }

            if (kinds.Count - start > KindsMax)
            {
                kinds.RemoveRange(start, kinds.Count - start);
                return;
            }

            front = next;
        }
    }

    /// <summary>From each meaning down: to the meanings one step below, and to the words that mostly mean it.</summary>
    sealed class Branches
    {
        readonly int[] _belowStarts, _below, _wordStarts, _words, _synonymStarts, _synonyms;

        public Branches()
        {
            (_belowStarts, _below) = TurnedRound(Lexicon.SenseCount, Lexicon.Above);
            (_wordStarts, _words) = TurnedRound(Lexicon.WordCount, MainNoun);
            (_synonymStarts, _synonyms) = TurnedRound(Lexicon.WordCount, Lexicon.Senses);
        }

        public ReadOnlySpan<int> Below(int sense) => _below.AsSpan(_belowStarts[sense].._belowStarts[sense + 1]);

        public ReadOnlySpan<int> Words(int sense) => _words.AsSpan(_wordStarts[sense].._wordStarts[sense + 1]);

        public ReadOnlySpan<int> Synonyms(int sense) => _synonyms.AsSpan(_synonymStarts[sense].._synonymStarts[sense + 1]);

        static ReadOnlySpan<int> MainNoun(int row) => Lexicon.Weight(row, WordPart.Noun) > 0 ? Lexicon.Senses(row)[..1] : default;

        delegate ReadOnlySpan<int> Targets(int source);

        /// <summary>Edges to meanings as edges from them: starts of the rows, and the rows one after the other.</summary>
        static (int[] Starts, int[] Sources) TurnedRound(int sources, Targets targetsOf)
        {
            var ends = new int[Lexicon.SenseCount + 1];
            for (var source = 0; source < sources; source++)
            {
                foreach (var target in targetsOf(source))
                {
                    ends[target]++;
                }
            }

            for (var i = 1; i < ends.Length; i++)
            {
                ends[i] += ends[i - 1];
            }

            // Filled from behind, each end becomes its row's start.
            var rows = new int[ends[^1]];
            for (var source = sources - 1; source >= 0; source--)
            {
                foreach (var target in targetsOf(source))
                {
                    rows[--ends[target]] = source;
                }
            }

            return (ends, rows);
        }
    }
}
