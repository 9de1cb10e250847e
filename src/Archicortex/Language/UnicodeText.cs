using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Archicortex.Language;

/// <summary>One spelling for texts that mean the same: composed to store, folded to look up.</summary>
/// <remarks>
/// string.Normalize does nothing, without a word, in globalization-invariant mode and follows the host's ICU elsewhere;
/// lower-casing follows the runtime's tables. Content ids and index words must be the same bytes on every machine, so
/// the tables (Unicode 15.1) come with the engine: UnicodeTables.txt, made by make-unicode-tables.py. Characters that
/// Unicode added later pass through. The tables are read at first use; all members may be called from any thread.
/// </remarks>
static class UnicodeText
{
    /// <summary>UTF-16 units that folding one unit may write (18 today); a test holds the table to it.</summary>
    public const int FoldedLengthMax = 24;

    /// <summary>Canonical composition (NFC): "e" and a combining acute become "é". Linear in the text.</summary>
    /// <remarks>Unicode Standard Annex 15. Unpaired surrogates pass through unchanged.</remarks>
    /// <returns>The same instance when the text is composed already.</returns>
    public static string Compose(string text)
    {
        // Everything below U+0300 is composed and starts a character: Western European texts end here.
        var first = text.AsSpan().IndexOfAnyInRange('\u0300', '\uFFFF');
        if (first < 0)
        {
            return text;
        }

        var cut = FirstUncertain(text, first);
        if (cut < 0)
        {
            return text;
        }

        var composed = new Composer(text.Length).Run(text, cut);
        return string.Equals(composed, text, StringComparison.Ordinal) ? text : composed;
    }

    /// <summary>Lower-cased and accent-free form of one UTF-16 unit: for matching only, never shown.</summary>
    /// <remarks>
    /// Latin, Greek, Cyrillic and digits: compatibility forms open up (ﬁ → fi, ① → 1), letters lose their accents
    /// (é → e, and Cyrillic й, ї, ё → и, і, е alike), ligatures and letters with a stroke become plain (ß → ss, ø → o).
    /// Other scripts: compatibility composition (half-width kana, Arabic presentation forms); their marks stay, because
    /// there they are vowels. The accents U+0300 to U+036F drop wherever they stand; halves of a surrogate pair stay.
    /// Folding twice changes nothing. A unit knows no neighbours, so compose the text first: か with a combining voiced
    /// mark would stay two units, unlike が; half-width ｶﾞ always does. Final ς is not folded to σ.
    /// </remarks>
    /// <param name="c">Any unit.</param>
    /// <param name="folded">Output, at least <see cref="FoldedLengthMax"/> long; nothing is allocated.</param>
    /// <returns>Units written; 0 drops the unit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Fold(char c, Span<char> folded)
    {
        if (c >= 0x80)
        {
            return FoldWide(c, folded);
        }

        folded[0] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        return 1;
    }

    /// <summary>Folds every unit of a text; see <see cref="Fold(char, Span{char})"/>.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        Span<char> unit = stackalloc char[FoldedLengthMax];
        foreach (var c in text)
        {
            folded.Append(unit[..Fold(c, unit)]);
        }

        return folded.ToString();
    }

    static int FoldWide(char c, Span<char> folded)
    {
        var tables = Tables.Shared;
        var fold = tables.Folds[c];
        if (fold <= char.MaxValue)
        {
            folded[0] = (char)(c + fold);
            return 1;
        }

        var length = (int)(fold >> 16) - 1;
        tables.FoldedUnits.AsSpan((ushort)fold, length).CopyTo(folded);
        return length;
    }

    /// <summary>Where composing has to start: the last cut before anything may change, or -1 if nothing does.</summary>
    static int FirstUncertain(string text, int at)
    {
        var tables = Tables.Shared;
        var cut = Math.Max(0, at - 1);
        var lastClass = 0;
        while (at < text.Length)
        {
            var codePoint = CodePointAt(text, at);
            ref readonly var letter = ref tables.Letters[codePoint];
            if (letter.IsUncertain || (letter.Class != 0 && letter.Class < lastClass))
            {
                return cut;
            }

            if (letter.Class == 0)
            {
                cut = at;
            }

            lastClass = letter.Class;
            at += WidthOf(codePoint);
        }

        return -1;
    }

    static int CodePointAt(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? char.ConvertToUtf32(text[at], text[at + 1])
            : text[at];

    static int WidthOf(int codePoint) => codePoint > char.MaxValue ? 2 : 1;

    /// <summary>Decomposes, orders and composes a text from cut to cut.</summary>
    sealed class Composer(int length)
    {
        const int ClassShift = 21;
        const int CodePointMask = (1 << ClassShift) - 1;

        // Hangul is composed by arithmetic: 19 leads, 21 vowels, 27 tails (and none) make 11,172 syllables.
        public const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
        public const int SyllableCount = 11172, LeadCount = 19, VowelCount = 21, TailCount = 28;

        readonly StringBuilder _composed = new(length);

        // Code points since the last cut; their combining classes in the bits above.
        int[] _run = new int[32];
        int _count;

        public string Run(string text, int at)
        {
            _composed.Append(text, 0, at);
            while (at < text.Length)
            {
                var codePoint = CodePointAt(text, at);
                ref readonly var letter = ref Tables.Shared.Letters[codePoint];
                if (letter.Class == 0 && !letter.IsUncertain)
                {
                    Flush();
                }

                Decompose(codePoint);
                at += WidthOf(codePoint);
            }

            Flush();
            return _composed.ToString();
        }

        void Decompose(int codePoint)
        {
            var syllable = codePoint - SyllableBase;
            if ((uint)syllable < SyllableCount)
            {
                Add(LeadBase + (syllable / TailCount / VowelCount));
                Add(VowelBase + (syllable / TailCount % VowelCount));
                if (syllable % TailCount != 0)
                {
                    Add(TailBase + (syllable % TailCount));
                }

                return;
            }

            ref readonly var letter = ref Tables.Shared.Letters[codePoint];
            if (letter.First == 0)
            {
                Add(codePoint | (letter.Class << ClassShift));
                return;
            }

            // At most three steps deep.
            Decompose(letter.First);
            if (letter.Second != 0)
            {
                Decompose(letter.Second);
            }
        }

        void Add(int letter)
        {
            Reserve(1);
            _run[_count++] = letter;
        }

        void Reserve(int more)
        {
            if (_count + more > _run.Length)
            {
                Array.Resize(ref _run, Math.Max(_count + more, _run.Length * 2));
            }
        }

        void Flush()
        {
            if (_count > 1)
            {
                OrderMarks();
                ComposeRun();
            }

            foreach (var letter in _run.AsSpan(0, _count))
            {
                var codePoint = letter & CodePointMask;
                if (codePoint > char.MaxValue)
                {
                    _composed.Append((char)(0xD7C0 + (codePoint >> 10)));
                    codePoint = 0xDC00 | (codePoint & 0x3FF);
                }

                _composed.Append((char)codePoint);
            }

            _count = 0;
        }

        void OrderMarks()
        {
            var start = 0;
            var inOrder = true;
            for (var i = 0; i < _count; i++)
            {
                var mark = _run[i] >> ClassShift;
                if (mark == 0)
                {
                    Order(start, i, inOrder);
                    (start, inOrder) = (i + 1, true);
                }
                else if (i > start)
                {
                    inOrder &= _run[i - 1] >> ClassShift <= mark;
                }
            }

            Order(start, _count, inOrder);
        }

        // A counting sort, stable and linear: a hostile text may be one letter and a million marks.
        void Order(int start, int end, bool inOrder)
        {
            if (inOrder)
            {
                return;
            }

            Reserve(end - start);
            var marks = _run.AsSpan(start, end - start);
            var unordered = _run.AsSpan(_count, marks.Length);
            marks.CopyTo(unordered);
            Span<int> places = stackalloc int[257];
            places.Clear();
            foreach (var mark in unordered)
            {
                places[(mark >> ClassShift) + 1]++;
            }

            for (var i = 1; i < places.Length; i++)
            {
                places[i] += places[i - 1];
            }

            foreach (var mark in unordered)
            {
                marks[places[mark >> ClassShift]++] = mark;
            }
        }

        void ComposeRun()
        {
            var starter = -1;
            var lastClass = 0;
            var kept = 0;
            for (var i = 0; i < _count; i++)
            {
                var letter = _run[i];
                var letterClass = letter >> ClassShift;

                // A mark reaches its letter only over marks of lower classes.
                var reaches = starter >= 0 && (kept == starter + 1 || lastClass < letterClass);
                if (reaches && TryPair(_run[starter], letter & CodePointMask, out var composed))
                {
                    _run[starter] = composed;
                    continue;
                }

                starter = letterClass == 0 ? kept : starter;
                lastClass = letterClass;
                _run[kept++] = letter;
            }

            _count = kept;
        }

        static bool TryPair(int first, int second, out int composed)
        {
            var (lead, vowel, tail) = (first - LeadBase, second - VowelBase, second - TailBase);
            if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
            {
                composed = SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
                return true;
            }

            var syllable = first - SyllableBase;
            if ((uint)syllable < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
            {
                composed = first + tail;
                return true;
            }

            return Tables.Shared.Pairs.TryGetValue(Tables.Pair(first, second), out composed);
        }
    }

    /// <summary>What composing needs to know about a code point.</summary>
    struct Letter
    {
        /// <summary>Canonical combining class: 0 starts a character, marks are ordered by theirs.</summary>
        public byte Class;

        /// <summary>May change, or join the character before it.</summary>
        public bool IsUncertain;

        /// <summary>One step of decomposition; 0 for none.</summary>
        public int First, Second;
    }

    /// <summary>Values of code points, most of them default: pages of 256, made when first written to.</summary>
    sealed class PageTable<T>
        where T : struct
    {
        readonly T[] _empty = new T[256];
        readonly T[][] _pages;

        public PageTable(int count)
        {
            _pages = new T[count >> 8][];
            Array.Fill(_pages, _empty);
        }

        public ref readonly T this[int codePoint] => ref _pages[codePoint >> 8][codePoint & 0xFF];

        public ref T Slot(int codePoint)
        {
            ref var page = ref _pages[codePoint >> 8];
            if (page == _empty)
            {
                page = new T[256];
            }

            return ref page[codePoint & 0xFF];
        }
    }

    /// <summary>UnicodeTables.txt, read once. Its form is told in make-unicode-tables.py.</summary>
    sealed class Tables
    {
        const string Resource = "Archicortex.Language.UnicodeTables.txt";

        public static readonly Tables Shared = new();

        public readonly PageTable<Letter> Letters = new(0x110000);
        public readonly Dictionary<long, int> Pairs = [];

        // Up to 0xFFFF: what to add to the unit. Above: length + 1 in the upper half, place in FoldedUnits in the lower
        // one, since a fold to nothing must differ from no fold.
        public readonly PageTable<uint> Folds = new(0x10000);
        public readonly char[] FoldedUnits;

        Tables()
        {
            using var stream = typeof(Tables).Assembly.GetManifestResourceStream(Resource)
                ?? throw new InvalidOperationException(
                    $"Resource {Resource} is missing from {typeof(Tables).Assembly.GetName().Name}: embed "
                    + "Language/UnicodeTables.txt under this LogicalName in the project file.");
            using var reader = new StreamReader(stream);
            var foldedUnits = new List<char>();
            var section = "";
            while (reader.ReadLine() is { } line)
            {
                if (line[0] == '[')
                {
                    section = line;
                }
                else if (line[0] != '#')
                {
                    ReadRow(line, section, foldedUnits);
                }
            }

            FoldedUnits = [.. foldedUnits];

            // Vowels and tails of Hangul join what stands before them, by arithmetic instead of a row.
            MarkUncertain(Composer.VowelBase, Composer.VowelCount);
            MarkUncertain(Composer.TailBase + 1, Composer.TailCount - 1);
        }

        public static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

        void MarkUncertain(int codePoint, int count)
        {
            for (var i = 0; i < count; i++)
            {
                Letters.Slot(codePoint + i).IsUncertain = true;
            }
        }

        void ReadRow(string row, string section, List<char> foldedUnits)
        {
            var items = row.Split(' ');
            var codePoint = Hex(items[0]);
            foreach (var item in items.AsSpan(1))
            {
                var star = item.IndexOf('*', StringComparison.Ordinal);
                var count = star < 0 ? 1 : int.Parse(item.AsSpan(star + 1), CultureInfo.InvariantCulture);
                var list = star < 0 ? item : item[..star];
                int[] numbers = list == "-" ? [] : Array.ConvertAll(list.Split('+'), Hex);
                for (; count > 0; count--, codePoint++)
                {
                    Add(section, codePoint, numbers, foldedUnits);
                }
            }
        }

        void Add(string section, int codePoint, int[] numbers, List<char> foldedUnits)
        {
            switch (section)
            {
                case "[classes]":
                    Letters.Slot(codePoint).Class = (byte)numbers[0];
                    break;
                case "[pairs]":
                    SetParts(ref Letters.Slot(codePoint), numbers);
                    Pairs.Add(Pair(numbers[0], numbers[1]), codePoint);
                    MarkUncertain(numbers[1], 1);
                    break;
                case "[singletons]":
                    SetParts(ref Letters.Slot(codePoint), numbers);
                    MarkUncertain(codePoint, 1);
                    break;
                case "[folds]" when numbers.Length == 1:
                    Folds.Slot(codePoint) = (ushort)(numbers[0] - codePoint);
                    break;
                case "[folds]":
                    Folds.Slot(codePoint) = ((uint)(numbers.Length + 1) << 16) | (uint)foldedUnits.Count;
                    foldedUnits.AddRange(Array.ConvertAll(numbers, number => (char)number));
                    break;
                default:
                    throw new InvalidOperationException(
                        $"Resource {Resource}: section '{section}' is unknown. Run make-unicode-tables.py again.");
            }
        }

        static void SetParts(ref Letter letter, int[] parts) =>
            (letter.First, letter.Second) = (parts[0], parts.ElementAtOrDefault(1));

        static int Hex(string digits) =>
            int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
