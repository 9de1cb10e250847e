using Archicortex.Facts;

namespace Archicortex.Practice;

/// <summary>What a change of cases and concepts may be: asked before one is written, and again when the log is replayed.</summary>
static class CaseRules
{
    public const int CasesMax = 100_000;
    public const int ConceptsMax = 10_000;
    public const int CasesOfConceptMin = 2;
    public const int CasesOfConceptMax = 1_000;
    public const int VersionsMax = 1_000;
    public const int TagsMax = 32;
    public const int TextCharsMax = 20_000;

    /// <summary>What is wrong with a change, with the cure; null if it may be applied.</summary>
    public static string? Problem(CaseBook book, CaseChange change) => change.Action switch
    {
        _ when string.IsNullOrWhiteSpace(change.Id) => "A change of cases names a case or a concept; this one names none.",
        CaseAction.Remember => OfCase(book, change),
        CaseAction.Use => change.Helped is null ? $"Say whether case '{change.Id}' helped." : OfKnown(book, change, book.Find(change.Id)?.Version, "case"),
        CaseAction.Forget => OfKnown(book, change with { Version = (book.Find(change.Id)?.Version ?? 0) + 1 }, book.Find(change.Id)?.Version, "case"),
        CaseAction.Name => OfConcept(book, change),
        CaseAction.Unname => book.FindConcept(change.Id) is null ? $"There is no concept '{change.Id}'." : null,
        _ => $"There is no change of cases number {(int)change.Action}. Update Archicortex.",
    };

    static string? OfKnown(CaseBook book, CaseChange change, int? version, string what) =>
        version is null ? $"There is no {what} '{change.Id}'; {book.Count:N0} are known."
        : change.Version != version + 1 ? $"The {what} '{change.Id}' is at version {version}; version {change.Version} does not follow it."
        : null;

    static string? OfCase(CaseBook book, CaseChange change)
    {
        var known = book.Find(change.Id);
        return PracticeText.Of(change.Situation, "situation", TextCharsMax)
            ?? PracticeText.Of(change.Tried, "text of what was tried", TextCharsMax)
            ?? PracticeText.Of(change.Outcome, "outcome", TextCharsMax)
            ?? (change.Reward is >= -1 and <= 1 ? null : $"The reward is {change.Reward}; it is a number from -1 (never again) to 1 (again).")
            ?? OfTags(change.Tags ?? [])
            ?? (change.Task is { } task ? PracticeText.OfName(task, "task's id") : null)
            ?? (change.Id == CaseBook.IdOf(change.Situation!, change.Tried!) ? null
                : $"The case '{change.Id}' is not named after its situation and what was tried.")
            ?? (known is null && book.Count >= CasesMax ? $"There are {book.Count:N0} cases, which is the most. Forget some that never helped." : null)
            ?? OfKnown(book, change, known?.Version ?? 0, "case");
    }

    static string? OfTags(string[] tags)
    {
        var sorted = tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return tags.Length > TagsMax ? $"There are {tags.Length} tags; the limit is {TagsMax}."
            : tags.Select(tag => PracticeText.OfName(tag, "tag")).FirstOrDefault(problem => problem is not null)
                ?? (sorted.SequenceEqual(tags) ? null : "Tags stand once each, in ordinal order.");
    }

    static string? OfConcept(CaseBook book, CaseChange change)
    {
        var known = PracticeText.OfName(change.Id, "concept's name") is { } name ? (KnownConcept?)null : book.FindConcept(change.Id);
        var cases = change.Cases ?? [];
        return PracticeText.OfName(change.Id, "concept's name")
            ?? (EntityName.Of(change.Id).Key.Length == 0 ? $"The concept's name '{change.Id}' has no letter or digit." : null)
            ?? PracticeText.Of(change.Description, "description", TextCharsMax)
            ?? (cases.Length is < CasesOfConceptMin or > CasesOfConceptMax
                ? $"The concept '{change.Id}' names {cases.Length} cases; a concept rests on {CasesOfConceptMin} to {CasesOfConceptMax:N0}." : null)
            ?? (Array.FindIndex(cases, id => id is null || book.Find(id) is null) is >= 0 and var missing
                ? $"There is no case '{cases[missing]}' for the concept '{change.Id}' to rest on." : null)
            ?? (cases.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).SequenceEqual(cases) ? null
                : "A concept's cases stand once each, in ordinal order.")
            ?? (known is null && book.ConceptCount >= ConceptsMax ? $"There are {book.ConceptCount:N0} concepts, which is the most." : null)
            ?? (known?.Version >= VersionsMax ? $"The concept '{change.Id}' has {VersionsMax:N0} versions, which is the most. Name another." : null)
            ?? OfKnown(book, change, known?.Version ?? 0, "concept");
    }
}
