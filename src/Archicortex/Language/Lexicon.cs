using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Archicortex.Language;

/// <summary>Parts of speech, as far as the word list tells them apart.</summary>
enum WordPart
{
    Noun,
    Verb,
    Adjective,
    Adverb,
}

/// <summary>What the commonest meaning of a noun is, by the lexicographer files of WordNet in their order.</summary>
enum NounKind : byte
{
    None, Act, Animal, Artifact, Attribute, Body, Cognition, Communication, Event, Feeling, Food, Group, Location,
    Motive, Object, Person, Phenomenon, Plant, Possession, Process, Quantity, Relation, Shape, State, Substance, Time,
}

/// <summary>English words: what parts of speech they can be, what sort of thing a noun is, what they come from and mean.</summary>
/// <remarks>
/// Which words can be a verb, which nouns mean people and which words mean the same cannot be worked out from spelling.
/// 77,503 words of WordNet 3.0 (modified; its licence lies beside the resource) are unpacked at first use: about 20 ms
/// and 5 MB. A word is known by its row; −1 is "unknown". Lookup allocates nothing. Words hold letters a to z only,
/// which is what folding leaves of English.
/// </remarks>
static class Lexicon
{
    /// <summary>SHA-256 of the unpacked resource: part of the identity of whatever is derived with its help.</summary>
    public const string ContentHash = "35409CEB825C35B160A7F5051CB17110A86935FAC01905139ACB621D753C213D";

    public const string Resource = "Archicortex.Language.Lexicon.bin.gz";

    const byte KindMask = 0x1F, PersonFlag = 0x20, PlaceFlag = 0x40, ProperFlag = 0x80;
    const double Hypernym = 0.6;
    const double SecondHypernym = 0.5;

    static readonly LexiconTables Tables = new();

    /// <summary>The row of a word as it stands in the list, not inflected; −1 if it does not.</summary>
    /// <param name="word">Folded letters.</param>
    public static int Find(ReadOnlySpan<char> word) => Tables.Words.Find(word);

    /// <summary>The letters of a row.</summary>
    public static string Word(int row) => Tables.Words.Text(row);

    /// <summary>0 if the word is never this part of speech, else 1 + log2 of how often it was seen as such.</summary>
    public static int Weight(int row, WordPart part) => Tables.Parts[((int)part * Tables.Words.Count) + row];

    /// <summary>What sort of thing the noun mostly is; <see cref="NounKind.None"/> if it is no noun.</summary>
    public static NounKind KindOf(int row) => (NounKind)(Tables.Kinds[row] & KindMask);

    /// <summary>True if one of the noun's common meanings is a person: a role, an occupation, a relative.</summary>
    public static bool CanBePerson(int row) => (Tables.Kinds[row] & PersonFlag) != 0;

    /// <summary>True if one of the noun's common meanings is a place.</summary>
    public static bool CanBePlace(int row) => (Tables.Kinds[row] & PlaceFlag) != 0;

    /// <summary>True for words that are only ever names: "oslo", "einstein".</summary>
    public static bool IsProper(int row) => (Tables.Kinds[row] & ProperFlag) != 0;

    /// <summary>The row of an irregular form's base ("went": go), or −1.</summary>
    public static int IrregularBase(ReadOnlySpan<char> form, WordPart part)
    {
        var row = Tables.Forms.Find(form);
        for (; row >= 0 && row < Tables.Forms.Count && Tables.Forms.Is(row, form); row++)
        {
            if (Tables.FormParts[row] == (byte)part)
            {
                return Tables.FormBases[row];
            }
        }

        return -1;
    }

    /// <summary>How close two words are in meaning: 1 = the same, 0.6 = one is a kind of the other, 0.5 = a kind of a kind, 0 = neither is known.</summary>
    /// <param name="first">A word, inflected or not.</param>
    /// <param name="second">Another.</param>
    public static double Relatedness(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var (one, other) = (Lemmas.AnyBase(first), Lemmas.AnyBase(second));
        if (one < 0 || other < 0)
        {
            return 0;
        }

        if (one == other)
        {
            return 1;
        }

        var ones = Tables.SensesOf(one);
        var others = Tables.SensesOf(other);
        foreach (var sense in ones)
        {
            if (others.Contains(sense))
            {
                return 1;
            }
        }

        return IsAbove(ones, others, 1) || IsAbove(others, ones, 1) ? Hypernym
            : IsAbove(ones, others, 2) || IsAbove(others, ones, 2) ? SecondHypernym
            : 0;
    }

    /// <summary>Number of words.</summary>
    public static int WordCount => Tables.Words.Count;

    /// <summary>Number of meanings.</summary>
    public static int SenseCount => Tables.SenseCount;

    /// <summary>The meanings of a word: as a noun first, the commonest first.</summary>
    public static ReadOnlySpan<int> Senses(int row) => Tables.SensesOf(row);

    /// <summary>The meanings one step above a meaning: what it is a kind of.</summary>
    public static ReadOnlySpan<int> Above(int sense) => Tables.Above(sense);

    /// <summary>True if two words mean the same or one is a kind of the other: "spouse" and "husband".</summary>
    public static bool AreRelated(ReadOnlySpan<char> first, ReadOnlySpan<char> second) => Relatedness(first, second) > 0;

    /// <summary>True if one of the upper meanings stands as many steps above one of the lower.</summary>
    static bool IsAbove(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, int steps)
    {
        foreach (var sense in lower)
        {
            var above = Tables.Above(sense);
            if (steps > 1 ? IsAbove(upper, above, steps - 1) : upper.ContainsAny(above))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The resource, unpacked. Its form is told in make-lexicon.py.</summary>
sealed class LexiconTables
{
    const int PartCount = 4;
    const int Capacity = 130_000;

    readonly int[] _senseStarts, _aboveStarts;
    readonly List<int> _senses = new(Capacity), _above = new(Capacity);

    public LexiconTables()
    {
        var bytes = Unpack();
        var at = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        var words = ReadCount(bytes, ref at);
        var synsets = ReadCount(bytes, ref at);
        var forms = ReadCount(bytes, ref at);
        Words = new LetterTable(bytes, ref at, words);
        Parts = bytes.AsSpan(at, words * PartCount).ToArray();
        at += words * PartCount;
        Kinds = bytes.AsSpan(at, words).ToArray();
        at += words;
        _senseStarts = ReadSenses(bytes, ref at, words);
        _aboveStarts = ReadAbove(bytes, ref at, synsets);
        Forms = new LetterTable(bytes, ref at, forms);
        (FormParts, FormBases) = (new byte[forms], new int[forms]);
        for (var i = 0; i < forms; i++)
        {
            FormParts[i] = bytes[at++];
            FormBases[i] = ReadNumber(bytes, ref at);
        }
    }

    public LetterTable Words { get; }

    public int SenseCount => _aboveStarts.Length - 1;

    /// <summary>Four columns of a byte a word, one a part of speech.</summary>
    public byte[] Parts { get; }

    public byte[] Kinds { get; }

    /// <summary>Irregular forms in order; one that has several bases stands in several rows.</summary>
    public LetterTable Forms { get; }

    public byte[] FormParts { get; }

    public int[] FormBases { get; }

    public ReadOnlySpan<int> SensesOf(int word) => Row(_senses, _senseStarts, word);

    public ReadOnlySpan<int> Above(int synset) => Row(_above, _aboveStarts, synset);

    static ReadOnlySpan<int> Row(List<int> items, int[] starts, int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items)[starts[row]..starts[row + 1]];

    static byte[] Unpack()
    {
        using var stream = typeof(LexiconTables).Assembly.GetManifestResourceStream(Lexicon.Resource) ?? ThrowMissing();
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var bytes = new MemoryStream(1 << 21);
        unzipped.CopyTo(bytes);
        return bytes.ToArray();
    }

    [DoesNotReturn]
    static Stream ThrowMissing() => throw new InvalidOperationException(
        $"Resource {Lexicon.Resource} is missing from {typeof(LexiconTables).Assembly.GetName().Name}: embed "
        + "Language/Lexicon.bin.gz under this LogicalName in the project file.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] ReadSenses(byte[] bytes, ref int at, int words)
    {
        var starts = new int[words + 1];
        var newest = -1;
        for (var word = 0; word < words; word++)
        {
            for (var count = ReadNumber(bytes, ref at); count > 0; count--)
            {
                // The synsets are numbered as they are met, so most cost one byte.
                var back = ReadNumber(bytes, ref at);
                _senses.Add(back == 0 ? ++newest : newest + 1 - back);
            }

            starts[word + 1] = _senses.Count;
        }

        return starts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] ReadAbove(byte[] bytes, ref int at, int synsets)
    {
        var starts = new int[synsets + 1];
        for (var synset = 0; synset < synsets; synset++)
        {
            for (var count = ReadNumber(bytes, ref at); count > 0; count--)
            {
                var zigzag = ReadNumber(bytes, ref at);
                _above.Add(synset + ((zigzag & 1) == 0 ? zigzag / 2 : -(zigzag / 2) - 1));
            }

            starts[synset + 1] = _above.Count;
        }

        return starts;
    }

    static int ReadCount(byte[] bytes, ref int at)
    {
        at += sizeof(int);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at - sizeof(int)));
    }

    static int ReadNumber(byte[] bytes, ref int at)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
