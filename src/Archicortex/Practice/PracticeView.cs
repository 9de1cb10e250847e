namespace Archicortex.Practice;

/// <summary>What a memory holds of work to be done and work that was done: frozen, shared by readers.</summary>
/// <param name="Tasks">The working memory.</param>
/// <param name="Cases">The procedural memory.</param>
/// <param name="Situations">The cases by the words of their situations.</param>
/// <param name="Concepts">The concepts by the words of what they say.</param>
sealed record PracticeView(TaskTree Tasks, CaseBook Cases, SituationSnapshot Situations, SituationSnapshot Concepts);
