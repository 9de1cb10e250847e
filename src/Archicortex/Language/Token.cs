namespace Archicortex.Language;

/// <summary>What the writing of a token tells beside its letters.</summary>
[Flags]
enum TokenMarks : byte
{
    None = 0,

    /// <summary>The first letter is a capital.</summary>
    Capital = 1,

    /// <summary>All characters are digits.</summary>
    Number = 2,

    /// <summary>The letters belong to a script without capitals (Arabic, Chinese, Hindi …).</summary>
    Uncased = 4,

    /// <summary>Nothing but quotes and brackets stands between this token and the start of its sentence.</summary>
    SentenceStart = 8,

    /// <summary>One of ' ’ . - and nothing else stands between this token and the one before: "J.R.R.", "Jean-Paul".</summary>
    Joined = 16,

    /// <summary>The joint before this token is an apostrophe: the "s" of "Ada's".</summary>
    AfterApostrophe = 32,

    /// <summary>A comma, bracket, quote, full stop or blank line stands before this token: no name runs across it.</summary>
    Break = 64,
}

/// <summary>One word: where it stands in the text, and its folded letters in the buffer it was read into.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Length">Length in the text, in UTF-16 units.</param>
/// <param name="FoldedStart">Where its folded form starts in <see cref="TokenBuffer"/>.</param>
/// <param name="FoldedLength">Length of the folded form.</param>
/// <param name="Marks">How it is written.</param>
readonly record struct Token(int Start, int Length, int FoldedStart, int FoldedLength, TokenMarks Marks)
{
    public bool Is(TokenMarks mark) => (Marks & mark) != 0;

    /// <summary>Written as names are: a capital, a number, or a script that has no capitals to tell by.</summary>
    public bool LooksNamed => (Marks & (TokenMarks.Capital | TokenMarks.Number | TokenMarks.Uncased)) != 0;
}
