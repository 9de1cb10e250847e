using Archicortex.Language;

namespace Archicortex.Facts.Rules;

/// <summary>What a word does in its sentence.</summary>
enum Tag : byte
{
    Other,
    Noun,
    Proper,
    Pronoun,
    Determiner,

    /// <summary>"my", "his".</summary>
    Possessive,

    /// <summary>The "s" of "Ada's".</summary>
    Genitive,
    Adjective,
    Number,
    Verb,
    Auxiliary,
    Modal,
    Not,
    Adverb,
    Preposition,

    /// <summary>"to" before a verb.</summary>
    Infinitive,
    And,

    /// <summary>"who", "which", and "that" behind a noun.</summary>
    Relative,

    /// <summary>Words that start another clause: "because", "but", "when".</summary>
    Clause,

    /// <summary>"if", "unless", "whether": what follows is not stated.</summary>
    Condition,
}

/// <summary>Closed-class words that rules ask for by name; forms of one word share a name.</summary>
enum Word : byte
{
    None,
    I, You, He, She, It, We, They, This, Who,
    Be, Have, Do, Will, Would, May, Can, Should,
    Not, Never, Hardly, No, More, Anymore,
    To, Of, In, On, At, By, For, With, From, As, Into, About, Since, Until, During, Over, Than, Near, Like, Between,
    A, The, And, Or, That, Maybe, Used, There, Up, Out, Off, Down, Back, Away,
}

/// <summary>What stands between a word and the one before it.</summary>
[Flags]
enum Gap : byte
{
    None = 0,
    Comma = 1,

    /// <summary>A full stop, question mark, semicolon or colon: another statement.</summary>
    Stop = 2,
    Open = 4,
    Close = 8,
    Quote = 16,
    Dash = 32,

    /// <summary>Nothing but an apostrophe, a hyphen or a point: the words are one.</summary>
    Joined = 64,

    /// <summary>The statement before ended in a question mark.</summary>
    Question = 128,
}

/// <summary>A word with what is known of it.</summary>
struct TaggedToken
{
    public Tag Tag;
    public Word Word;
    public Gap Gap;
    public WordForm VerbForm;
    public bool IsPlural;

    /// <summary>Row in the lexicon of the base as a verb and as a noun; −1: cannot be one.</summary>
    public int Verb, Noun;

    /// <summary>How often it is each part of speech; 0: never.</summary>
    public byte NounWeight, VerbWeight, AdjectiveWeight, AdverbWeight;

    /// <summary>Which name of the sentence it is part of; −1: none.</summary>
    public int Name;

    /// <summary>Which time expression of the sentence it is part of; −1: none.</summary>
    public int Time;

    public readonly bool CanBeVerb => Verb >= 0;

    public readonly bool CanBeNoun => Noun >= 0;

    public readonly bool IsNominal => Tag is Tag.Noun or Tag.Proper or Tag.Number;
}
