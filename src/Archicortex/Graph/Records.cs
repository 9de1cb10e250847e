using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>A passage as the graph sees it: its sentences, its words, and the phrases it holds.</summary>
struct PassageRecord
{
    /// <summary>Content id: decides ties, whatever the order of arrival.</summary>
    public UInt128 Id;
    public int FirstSentence;
    public int SentenceCount;
    public int FirstToken;
    public int TokenCount;

    /// <summary>The tokens that say what it is about, counted from its first.</summary>
    public int HeadingStart;
    public int HeadingCount;

    /// <summary>The document it is part of: several passages of one document own their title together.</summary>
    public UInt128 DocumentId;

    /// <summary>Phrases standing in it as names, ascending.</summary>
    public IntRow Phrases;

    /// <summary>Phrases its heading calls it by, ascending.</summary>
    public IntRow TitlePhrases;

    /// <summary>False once it is forgotten; its number is not given again.</summary>
    public bool IsLive;
}

/// <summary>A sentence of a passage. Sentence 0 of every passage is its heading, which has no place in the text.</summary>
/// <param name="Passage">The passage it belongs to.</param>
/// <param name="FirstToken">Its first token, counted from the passage's first.</param>
/// <param name="TokenCount">Number of tokens.</param>
/// <param name="TextStart">Offset in the passage's text; <see cref="Heading"/> for the heading.</param>
/// <param name="TextLength">Length in the passage's text; 0 for heading and speaker.</param>
readonly record struct SentenceRecord(int Passage, int FirstToken, int TokenCount, int TextStart, int TextLength)
{
    public const int Heading = -1;

    public bool IsHeading => TextStart == Heading;
}

/// <summary>How often a word is written in which way: tells "Rose" the name from "rose" the flower.</summary>
struct WordRecord
{
    public int LowerCount;

    /// <summary>With a capital inside a sentence, as a number, or in a script without capitals.</summary>
    public int NamedCount;

    /// <summary>With a capital at the start of a sentence, which says little.</summary>
    public int StartCount;

    /// <summary>Passages in which it is written as a name is, or stands in the title.</summary>
    public IntRow NamedIn;
}

/// <summary>A node of the trie of names. It is a phrase while some passage uses it as a name.</summary>
struct PhraseRecord
{
    public int Parent;
    public int Word;
    public int WordCount;

    /// <summary>Passages in which it was found as a name, or whose title it is. 0: not a phrase, only the start of one.</summary>
    public int Support;

    /// <summary>Phrases that start with it and go on.</summary>
    public int PhrasesBelow;

    /// <summary>Passages that hold it.</summary>
    public int PassageCount;

    /// <summary>Sentences that hold it, ascending: neighbours in the graph, and where a hop lands.</summary>
    public IntRow Sentences;

    /// <summary>Passages whose title it is, ascending.</summary>
    public IntRow Owners;
}
