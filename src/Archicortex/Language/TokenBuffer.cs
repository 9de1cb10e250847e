using System.Globalization;

namespace Archicortex.Language;

/// <summary>Cuts text into words: folded letters to look up, offsets to cite, and how each word is written.</summary>
/// <remarks>
/// A word is a run of letters, digits and marks; Chinese, Japanese, Thai and other scripts written without spaces give
/// one word a character, so that a name of two characters is found inside a sentence. Reused from text to text: reading
/// allocates only while the arrays still grow. Linear in the text.
/// </remarks>
sealed class TokenBuffer
{
    Token[] _tokens = new Token[32];
    char[] _folded = new char[256];
    int _foldedCount;

    public int Count { get; private set; }

    public ref readonly Token this[int index] => ref _tokens[index];

    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>The folded letters of a token, the only form in which words are compared.</summary>
    public ReadOnlySpan<char> Folded(in Token token) => _folded.AsSpan(token.FoldedStart, token.FoldedLength);

    /// <summary>The folded words of all that was read, in order.</summary>
    public string[] FoldedWords()
    {
        var words = new string[Count];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Folded(_tokens[i]).ToString();
        }

        return words;
    }

    /// <summary>The folded words of a text, in order.</summary>
    public static string[] FoldedWords(string text)
    {
        var buffer = new TokenBuffer();
        buffer.Read(text);
        return buffer.FoldedWords();
    }

    public void Clear() => (Count, _foldedCount) = (0, 0);

    /// <summary>Appends the tokens of a text.</summary>
    /// <param name="text">The text, or a part of it; its first token starts a sentence.</param>
    /// <param name="offset">What is added to the tokens' offsets.</param>
    public void Read(ReadOnlySpan<char> text, int offset = 0)
    {
        var gap = new Gap { IsFirst = true, SentenceStart = true, Break = true };
        var line = new Line { IsAtStart = true };
        var at = 0;
        while (at < text.Length)
        {
            var shape = LetterShapes.Of(text, at);
            if (shape == LetterShape.None)
            {
                gap.Pass(text[at], line.IsHeading);
                line.Pass(text[at]);
                at++;
                continue;
            }

            line.IsAtStart = false;

            var end = EndOfWord(text, at, shape);
            if (Add(text, at, end, shape, offset, gap.Marks))
            {
                BreakAtLine(gap.HasNewLine);
                gap = default;
            }

            at = end;
        }
    }

    /// <summary>Number of words in a text, without reading them: never less than the tokens <see cref="Read"/> finds.</summary>
    public static int CountWords(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            var shape = LetterShapes.Of(text, at);
            at = shape == LetterShape.None ? at + 1 : EndOfWord(text, at, shape);
            count += shape == LetterShape.None ? 0 : 1;
        }

        return count;
    }

    static int EndOfWord(ReadOnlySpan<char> text, int start, LetterShape shape)
    {
        var at = start + LetterShapes.Width(text, start);
        while (at < text.Length)
        {
            var next = LetterShapes.Of(text, at);
            if (next == LetterShape.None || (next != LetterShape.Mark && (shape == LetterShape.Single || next == LetterShape.Single)))
            {
                break;
            }

            at += LetterShapes.Width(text, at);
        }

        return at;
    }

    bool Add(ReadOnlySpan<char> text, int start, int end, LetterShape shape, int offset, TokenMarks marks)
    {
        var foldedStart = _foldedCount;
        var digits = true;
        for (var i = start; i < end; i++)
        {
            EnsureFolded();
            var kept = _foldedCount;
            var length = UnicodeText.Fold(text[i], _folded.AsSpan(_foldedCount));
            for (var j = 0; j < length; j++)
            {
                // A few presentation forms fold to a letter behind a space; a word holds none.
                var letter = _folded[_foldedCount + j];
                if (letter != ' ')
                {
                    digits &= char.IsAsciiDigit(letter);
                    _folded[kept++] = letter;
                }
            }

            _foldedCount = kept;
        }

        var foldedLength = _foldedCount - foldedStart;
        if (foldedLength == 0)
        {
            return false;
        }

        marks |= digits ? TokenMarks.Number : Case(text, start, shape);
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }

        _tokens[Count++] = new Token(start + offset, end - start, foldedStart, foldedLength, marks);
        return true;
    }

    /// <summary>"The" with a capital at the start of a line starts a sentence, though the line before ended without a mark, as a heading does.</summary>
    void BreakAtLine(bool hasNewLine)
    {
        ref var token = ref _tokens[Count - 1];
        if (hasNewLine && token.Is(TokenMarks.Capital) && StopWords.Contains(Folded(token)))
        {
            token = token with { Marks = token.Marks | TokenMarks.Break | TokenMarks.SentenceStart };
        }
    }

    static TokenMarks Case(ReadOnlySpan<char> text, int start, LetterShape shape) => shape switch
    {
        LetterShape.Single => TokenMarks.Uncased,
        _ => LetterShapes.Category(text, start) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => TokenMarks.Capital,
            UnicodeCategory.OtherLetter => TokenMarks.Uncased,
            _ => TokenMarks.None,
        },
    };

    void EnsureFolded()
    {
        if (_foldedCount + UnicodeText.FoldedLengthMax > _folded.Length)
        {
            Array.Resize(ref _folded, _folded.Length * 2);
        }
    }

    /// <summary>The line being read: a heading of Markdown is one by what it starts with.</summary>
    struct Line
    {
        public bool IsAtStart;
        public bool IsHeading;

        public void Pass(char c)
        {
            IsHeading = c != '\n' && (IsHeading || (c == '#' && IsAtStart));
            IsAtStart = c == '\n' || (IsAtStart && (char.IsWhiteSpace(c) || c == '#'));
        }
    }

    /// <summary>What stands between two words.</summary>
    struct Gap
    {
        int _length;
        char _only;
        bool _newLine;

        /// <summary>Nothing stands before it.</summary>
        public bool IsFirst;
        public bool SentenceStart;
        public bool Break;

        public readonly bool HasNewLine => _newLine;

        public readonly TokenMarks Marks
        {
            get
            {
                var marks = Break ? TokenMarks.Break : TokenMarks.None;
                if (SentenceStart)
                {
                    marks |= TokenMarks.SentenceStart;
                }

                if (_length == 1 && !IsFirst && _only is '\'' or '’' or '.' or '-')
                {
                    // "U.S." is one word: the full stop inside it ends neither a name nor a sentence.
                    marks = TokenMarks.Joined;
                    if (_only is '\'' or '’')
                    {
                        marks |= TokenMarks.AfterApostrophe;
                    }
                }

                return marks;
            }
        }

        /// <param name="c">The next character.</param>
        /// <param name="isHeading">The line it stands in is a heading.</param>
        public void Pass(char c, bool isHeading)
        {
            _length++;
            _only = c;
            if (c is '.' or '!' or '?' or '…' or '。' or '！' or '？')
            {
                SentenceStart = true;
                Break = true;
            }
            else if (c is ',' or ';' or ':' or '(' or ')' or '[' or ']' or '"' or '“' or '”' or '、' or '，' or '；' or '：')
            {
                Break = true;
            }
            else if (c == '\n')
            {
                // A line may be wrapped in the middle of a name; a blank line and a heading end whatever stood before.
                SentenceStart |= _newLine || isHeading;
                Break |= _newLine || isHeading;
                _newLine = true;
            }
        }
    }
}
