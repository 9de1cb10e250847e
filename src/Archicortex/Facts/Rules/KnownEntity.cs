namespace Archicortex.Facts.Rules;

/// <summary>What sort of thing a name or phrase stands for, as far as the passage shows.</summary>
enum EntityType : byte
{
    Unknown,
    Person,
    Thing,
    Group,
}

/// <summary>Something a passage has spoken of, to which a pronoun may point back.</summary>
struct KnownEntity
{
    /// <summary>Its words, in the passage's buffer.</summary>
    public TokenRange Tokens;

    /// <summary>How facts call it.</summary>
    public string Text;

    /// <summary>True for a name, false for a phrase like "the album".</summary>
    public bool IsNamed;

    public EntityType Type;

    public Gender Gender;

    /// <summary>The last sentence in which it was a subject; far below zero if it never was.</summary>
    public int LastSubject;
}
