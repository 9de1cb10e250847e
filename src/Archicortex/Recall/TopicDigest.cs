using Archicortex.Language;

namespace Archicortex.Recall;

/// <summary>A line of a summary and the passage it comes from.</summary>
/// <param name="Text">The line: a sentence as it stands in the passage, or a fact in a few words.</param>
/// <param name="Passage">Row of the passage.</param>
/// <param name="Span">The sentence, or the one that states the fact, in the passage's text.</param>
/// <param name="IsFact">It is a fact, worded by the memory.</param>
readonly record struct DigestLine(string Text, int Passage, TextSpan Span, bool IsFact);

/// <summary>A topic in a few words.</summary>
/// <param name="KeyPhrases">Phrases that tell it from the rest, best first; may be none.</param>
/// <param name="Lines">What its passages say.</param>
/// <param name="Written">What a model wrote of just these passages; null: nothing.</param>
/// <param name="Writer">Which model, with which prompt.</param>
sealed record TopicDigest(IReadOnlyList<string> KeyPhrases, IReadOnlyList<DigestLine> Lines, string? Written, string? Writer)
{
    const string Between = " · ";

    /// <summary>The phrases as one line; empty if there are none.</summary>
    public string Title => string.Join(Between, KeyPhrases);

    /// <summary>The model's text, or else the lines one after the other.</summary>
    public string Text => Written ?? string.Join(' ', Lines.Select(line => line.IsFact ? line.Text + "." : line.Text));
}
