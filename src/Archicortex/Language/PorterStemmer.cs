using System.Buffers;
using System.Diagnostics;

namespace Archicortex.Language;

/// <summary>Brings the forms of an English word together: "connections" meets "connected".</summary>
/// <remarks>
/// <para>Martin Porter's second stemmer, in the rules of Snowball 2.2 ("english"): every word comes out as
/// libstemmer gives it. A stem is a key, not a word ("happy" becomes "happi"): never show it.</para>
/// <para>A suffix goes only if enough word stays before it. Two marks measure that: R1 begins behind the
/// first consonant after a vowel, R2 is found the same way from R1 on. No later step moves them.</para>
/// <para>O(length), in place; the word never grows. A letter beyond the Basic Multilingual Plane counts as
/// two where libstemmer counts one, which can only matter if an English ending follows it.</para>
/// <para>Source: M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org.</para>
/// </remarks>
static class PorterStemmer
{
    const int StackLengthMax = 64;
    const int StemmableLengthMin = 3;

    // Within a table a longer suffix stands before any that it ends with: the first match is the longest,
    // and it alone decides. When its condition fails, no shorter suffix gets a turn.
    static readonly Rule[] Possessives = [new("'s'"), new("'s"), new("'")];

    static readonly Rule[] Plurals =
        [new("sses", "ss"), new("ied", "i"), new("ies", "i"), new("ss", "ss"), new("us", "us"), new("s")];

    static readonly Rule[] PastForms =
        [InR1("eedly", "ee"), new("ingly"), new("edly"), InR1("eed", "ee"), new("ing"), new("ed")];

    static readonly Rule[] DoubleSuffixes =
    [
        InR1("ational", "ate"), InR1("fulness", "ful"), InR1("iveness", "ive"), InR1("ization", "ize"),
        InR1("ousness", "ous"), InR1("biliti", "ble"), InR1("lessli", "less"), InR1("tional", "tion"),
        InR1("alism", "al"), InR1("aliti", "al"), InR1("ation", "ate"), InR1("entli", "ent"),
        InR1("fulli", "ful"), InR1("iviti", "ive"), InR1("ousli", "ous"), InR1("abli", "able"),
        InR1("alli", "al"), InR1("anci", "ance"), InR1("ator", "ate"), InR1("enci", "ence"),
        InR1("izer", "ize"), InR1("bli", "ble"), InR1("ogi", "og", after: "l"),
        InR1("li", after: "cdeghkmnrt"),
    ];

    static readonly Rule[] AdjectiveSuffixes =
    [
        InR1("ational", "ate"), InR1("tional", "tion"), InR1("alize", "al"), InR2("ative"),
        InR1("icate", "ic"), InR1("iciti", "ic"), InR1("ical", "ic"), InR1("ness"), InR1("ful"),
    ];

    static readonly Rule[] SingleSuffixes =
    [
        InR2("ement"), InR2("able"), InR2("ance"), InR2("ence"), InR2("ible"), InR2("ment"), InR2("ant"),
        InR2("ate"), InR2("ent"), InR2("ion", after: "st"), InR2("ism"), InR2("iti"), InR2("ive"),
        InR2("ize"), InR2("ous"), InR2("al"), InR2("er"), InR2("ic"),
    ];

    static readonly Rule[] DoubleL = [InR2("l", after: "l")];

    // R1 begins right behind these: counted, it would let "general" meet "generous".
    static readonly string[] FixedPrefixes = ["gener", "commun", "arsen"];

    static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    enum Region { Word, R1, R2 }

    /// <summary>The stem of a lower-case word.</summary>
    /// <param name="word">Case and accents folded; a capital letter is not expected.</param>
    /// <returns>The stem; the same instance when the word is its own stem.</returns>
    internal static string Stem(string word)
    {
        // Longer "words" are addresses and hashes, too rare to deserve a pool.
        var isShort = word.Length <= StackLengthMax;
        var letters = isShort ? stackalloc char[StackLengthMax] : new char[word.Length];
        word.CopyTo(letters);
        var stem = letters[..Stem(letters, word.Length)];
        return stem.SequenceEqual(word) ? word : new string(stem);
    }

    /// <summary>Stems a lower-case word where it stands, without allocating.</summary>
    /// <param name="word">Begins with the word, case and accents folded; the rest stays as it is.</param>
    /// <param name="length">Letters of the word, in [0, <paramref name="word"/>.Length].</param>
    /// <returns>Letters of the stem, at most <paramref name="length"/>.</returns>
    internal static int Stem(Span<char> word, int length)
    {
        Debug.Assert((uint)length <= (uint)word.Length, $"{length} letters in a span of {word.Length}.");
        if (length < StemmableLengthMin)
        {
            return length;
        }

        if (Irregular(word[..length]) is { } known)
        {
            known.CopyTo(word);
            return known.Length;
        }

        var stem = new Word(word[..length]);
        stem.Apply(Possessives);
        stem.DropPlural();
        if (!IsFalsePastForm(stem.Letters))
        {
            stem.DropPastForm();
            stem.TurnFinalY();
            stem.Apply(DoubleSuffixes);
            stem.Apply(AdjectiveSuffixes);
            stem.Apply(SingleSuffixes);
            stem.DropFinal();
        }

        stem.Letters.Replace('Y', 'y');
        return stem.Letters.Length;
    }

    /// <summary>The stem of a word that the rules would get wrong; null for any other word.</summary>
    static string? Irregular(ReadOnlySpan<char> word) => word switch
    {
        "skis" => "ski",
        "skies" or "sky" => "sky",
        "dying" => "die",
        "lying" => "lie",
        "tying" => "tie",
        "idly" => "idl",
        "gently" => "gentl",
        "singly" => "singl",
        "ugly" => "ugli",
        "early" => "earli",
        "only" => "onli",
        "news" => "news",
        "howe" => "howe",
        "atlas" => "atlas",
        "cosmos" => "cosmos",
        "bias" => "bias",
        "andes" => "andes",
        _ => null,
    };

    static bool IsFalsePastForm(ReadOnlySpan<char> word) =>
        word is "inning" or "outing" or "canning" or "herring" or "earring"
            or "proceed" or "exceed" or "succeed";

    static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    static bool IsDoubled(char letter) =>
        letter is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't';

    static Rule InR1(string suffix, string replacement = "", string after = "") =>
        new(suffix, replacement, Region.R1, after);

    static Rule InR2(string suffix, string after = "") => new(suffix, "", Region.R2, after);

    /// <summary>One line of a step: this ending becomes that one.</summary>
    /// <param name="Suffix">Ending to look for, not empty.</param>
    /// <param name="Replacement">What takes its place, never longer than the suffix.</param>
    /// <param name="Region">Where the suffix has to begin; R2 lies inside R1.</param>
    /// <param name="After">Letters of which one must stand before the suffix; empty asks for none.
    /// Needs a region, so that there is a letter to look at.</param>
    sealed record Rule(string Suffix, string Replacement = "", Region Region = Region.Word, string After = "")
    {
        public char LastLetter { get; } = Suffix[^1];
    }

    /// <summary>A word on its way to the stem: its letters and the two marks.</summary>
    ref struct Word
    {
        readonly int _r1;
        readonly int _r2;
        readonly Span<char> _room;
        Span<char> _letters;

        public Word(Span<char> letters)
        {
            _room = _letters = letters;
            if (letters[0] == '\'')
            {
                letters[1..].CopyTo(letters);
                _letters = letters[..^1];
            }

            MarkConsonantY();
            _r1 = BehindSyllable(0);
            foreach (var prefix in FixedPrefixes)
            {
                _r1 = _letters.StartsWith(prefix) ? prefix.Length : _r1;
            }

            _r2 = BehindSyllable(_r1);
        }

        public readonly Span<char> Letters => _letters;

        /// <summary>Replaces the longest suffix of the table that fits, if its condition holds.</summary>
        public void Apply(Rule[] rules)
        {
            if (LongestMatch(rules) is { } rule)
            {
                Apply(rule);
            }
        }

        /// <summary>Step 1a: "classes", "cities", "cats".</summary>
        public void DropPlural()
        {
            if (LongestMatch(Plurals) is not { } rule)
            {
                return;
            }

            var before = _letters[..^rule.Suffix.Length];
            if (rule.Suffix is "ies" or "ied" && before.Length < 2)
            {
                // "ties" meets "tie"; with more letters before the i, as in "cries", the singular ends in y.
                _letters = _letters[..^1];
            }
            else if (rule.Suffix != "s" || (before.Length > 1 && before[..^1].ContainsAny(Vowels)))
            {
                // A vowel right before the s does not count: "gas" and "this" are no plurals.
                Apply(rule);
            }
        }

        /// <summary>Step 1b: "agreed", "hopped", "hoping".</summary>
        public void DropPastForm()
        {
            if (LongestMatch(PastForms) is not { } rule)
            {
                return;
            }

            if (rule.Region == Region.R1)
            {
                Apply(rule);
            }
            else if (_letters[..^rule.Suffix.Length].ContainsAny(Vowels))
            {
                // Without a vowel before it, as in "sing" and "red", the ending belongs to the word.
                Apply(rule);
                RepairEnd();
            }
        }

        /// <summary>Step 1c: "happy" meets "happiness"; "by" and "say" stay.</summary>
        public readonly void TurnFinalY()
        {
            if (_letters is [_, .., var before, 'y' or 'Y'] && !IsVowel(before))
            {
                _letters[^1] = 'i';
            }
        }

        /// <summary>Step 5: an e that no short syllable needs, and the second l of "controll".</summary>
        public void DropFinal()
        {
            if (_letters is not [.. var before, 'e'])
            {
                Apply(DoubleL);
            }
            else if (before.Length >= _r2 || (before.Length >= _r1 && !EndsInShortSyllable(before)))
            {
                _letters = before;
            }
        }

        /// <summary>Whether the word may have lost an e here, as "hop(e)" and "us(e)" did.</summary>
        static bool EndsInShortSyllable(ReadOnlySpan<char> letters) => letters switch
        {
            [var vowel, var last] => IsVowel(vowel) && !IsVowel(last),
            [.., var first, var vowel, var last] =>
                !IsVowel(first) && IsVowel(vowel) && !IsVowel(last) && last is not ('w' or 'x' or 'Y'),
            _ => false,
        };

        /// <summary>Gives back the e that a past form lost, or takes the letter that it doubled.</summary>
        void RepairEnd()
        {
            var isShort = _letters.Length == _r1 && EndsInShortSyllable(_letters);
            if (isShort || _letters is [.., 'a', 't'] or [.., 'b', 'l'] or [.., 'i', 'z'])
            {
                ReplaceEnd(0, "e");
            }
            else if (_letters is [.., var first, var second] && first == second && IsDoubled(second))
            {
                _letters = _letters[..^1];
            }
        }

        /// <summary>Writes a y that is a consonant ("yes", "boy") as Y, which is no vowel.</summary>
        readonly void MarkConsonantY()
        {
            var isAfterVowel = true;
            foreach (ref var letter in _letters)
            {
                letter = letter == 'y' && isAfterVowel ? 'Y' : letter;
                isAfterVowel = IsVowel(letter);
            }
        }

        /// <summary>The place behind the first consonant after a vowel, both from the start on.</summary>
        readonly int BehindSyllable(int start)
        {
            for (var place = start + 1; place < _letters.Length; place++)
            {
                if (IsVowel(_letters[place - 1]) && !IsVowel(_letters[place]))
                {
                    return place + 1;
                }
            }

            return _letters.Length;
        }

        readonly Rule? LongestMatch(Rule[] rules)
        {
            // Most rules fail at the last letter, so that one is asked for first.
            var last = _letters is [.., var letter] ? letter : '\0';
            foreach (var rule in rules)
            {
                if (rule.LastLetter == last && _letters.EndsWith(rule.Suffix))
                {
                    return rule;
                }
            }

            return null;
        }

        void Apply(Rule rule)
        {
            var start = _letters.Length - rule.Suffix.Length;
            var mark = rule.Region == Region.R1 ? _r1 : rule.Region == Region.R2 ? _r2 : 0;
            if (start >= mark && (rule.After is "" || rule.After.AsSpan().Contains(_letters[start - 1])))
            {
                ReplaceEnd(rule.Suffix.Length, rule.Replacement);
            }
        }

        void ReplaceEnd(int suffixLength, string replacement)
        {
            var start = _letters.Length - suffixLength;
            replacement.CopyTo(_room[start..]);
            _letters = _room[..(start + replacement.Length)];
        }
    }
}
