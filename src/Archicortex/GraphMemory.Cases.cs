using Archicortex.Practice;
using Archicortex.Recall;

namespace Archicortex;

/// <summary>The procedural memory: what was tried in which situation, what came of it, and what was learnt.</summary>
public sealed partial class GraphMemory
{
    /// <summary>Remembers what was tried in a situation and how it came out.</summary>
    /// <remarks>
    /// The same situation and attempt are one case: telling it again with another outcome, reward or tags changes it, telling it
    /// again alike changes nothing. A failure is worth remembering as much as a success: it comes back as a warning.
    /// </remarks>
    /// <param name="situation">What was to be done, under which circumstances: 1 … 20,000 characters. Later situations are compared with it.</param>
    /// <param name="tried">What was done.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="reward">How good that was, from −1 (never again) to 1 (again).</param>
    /// <param name="tags">Labels to filter by; at most 32. Default none.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">A text is empty or too long, or the reward is out of its range.</exception>
    public Task<KnownCase> RememberCaseAsync(
        string situation, string tried, string outcome, double reward, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(tried);
        ArgumentNullException.ThrowIfNull(outcome);
        return ChangeCaseAsync(
            batch => Tell(batch, PracticeText.Normal(situation), PracticeText.Normal(tried), outcome, reward, tags, null), cancellationToken);
    }

    /// <summary>Changes the reward of a case, where its worth shows only later. The next recall ranks by it.</summary>
    /// <param name="id">The case.</param>
    /// <param name="reward">From −1 to 1.</param>
    /// <param name="outcome">What came of it, told anew; null leaves it.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such case, or the reward is out of its range.</exception>
    public Task<KnownCase> RewardCaseAsync(string id, double reward, string? outcome = null, CancellationToken cancellationToken = default) => ChangeCaseAsync(
        batch =>
        {
            var known = Found(batch.Cases, id);
            Tell(batch, known.Situation, known.Tried, outcome ?? known.Outcome, reward, known.Tags, known.Task);
            return known.Id;
        },
        cancellationToken);

    /// <summary>Records that a case was shown, and whether it helped. What helps ranks higher the next time.</summary>
    /// <param name="id">The case.</param>
    /// <param name="helped">True if it helped.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such case.</exception>
    public Task<KnownCase> RecordCaseUseAsync(string id, bool helped, CancellationToken cancellationToken = default) => ChangeCaseAsync(
        batch =>
        {
            var known = Found(batch.Cases, id);
            batch.Change(new CaseChange { Action = CaseAction.Use, Id = known.Id, Version = known.Version + 1, Helped = helped });
            return known.Id;
        },
        cancellationToken);

    /// <summary>Turns a finished task into a case: its goal and inputs are the situation, its steps what was tried.</summary>
    /// <param name="taskId">A task that is done, failed or dropped.</param>
    /// <param name="reward">From −1 to 1. Default: 1 for what is done, −1 for what failed; what was dropped needs one.</param>
    /// <param name="outcome">What came of it. Default: its state, its outputs and its last note.</param>
    /// <param name="tags">Labels to filter by. Default none.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">There is no such task, or it is not finished.</exception>
    public Task<KnownCase> KeepAsCaseAsync(
        string taskId, double? reward = null, string? outcome = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        return ChangeCaseAsync(
            batch =>
            {
                var task = Found(batch.Tasks, taskId);
                if (!task.State.IsClosed() || (task.State == TaskState.Dropped && reward is null))
                {
                    throw new ArgumentException(task.State.IsClosed()
                        ? $"Task '{task.Id}' was dropped: say with a reward from -1 to 1 how good that was."
                        : $"Task '{task.Id}' is {task.State.Word()}: nobody knows yet how it comes out. Finish it first.");
                }

                var (situation, tried) = (PracticeText.Normal(TaskExperience.Situation(task)), PracticeText.Normal(TaskExperience.Tried(batch.Tasks, task)));
                return Tell(
                    batch, situation, tried, outcome ?? TaskExperience.Outcome(task), reward ?? (task.State == TaskState.Done ? 1 : -1), tags, task.Id);
            },
            cancellationToken);
    }

    /// <summary>Forgets a case: it is in no recall and under no concept any more. Its texts stay in the log.</summary>
    /// <param name="id">The case.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <returns>What was forgotten; null if there is no such case.</returns>
    public async Task<KnownCase?> ForgetCaseAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        KnownCase? gone = null;
        await ChangePracticeAsync(
            batch =>
            {
                gone = batch.Cases.Find(id);
                if (gone is not null)
                {
                    batch.Change(new CaseChange { Action = CaseAction.Forget, Id = id });
                }
            },
            cancellationToken).ConfigureAwait(false);
        return gone;
    }

    /// <summary>A case; null if there is none of this id.</summary>
    /// <param name="id">The case.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    public async Task<KnownCase?> GetCaseAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Cases.Find(id);
    }

    /// <summary>All cases, in ordinal order of their ids.</summary>
    /// <param name="cancellationToken">Stops before they are read.</param>
    public async Task<IReadOnlyList<KnownCase>> ListCasesAsync(CancellationToken cancellationToken = default) =>
        [.. (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Cases.Cases];

    /// <summary>Finds what was tried in situations like this one, and what was learnt: the most alike and most useful first.</summary>
    /// <remarks>
    /// Reads one state and changes none; <see cref="RecordCaseUseAsync"/> says what helped. A failure comes back as a warning. A
    /// situation that is like none gets nothing.
    /// </remarks>
    /// <param name="situation">What is to be done, under which circumstances, in words.</param>
    /// <param name="options">How many, and whether concepts come first.</param>
    /// <param name="cancellationToken">Stops before the search starts.</param>
    /// <exception cref="ArgumentException">The situation is empty or longer than 20,000 characters.</exception>
    public async Task<CaseRecollection> RecallCasesAsync(string situation, RecallCasesOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckQuestion(situation, nameof(situation));
        options ??= new();
        options.Check();
        var view = await ReadPracticeAsync(cancellationToken).ConfigureAwait(false);
        return CaseRanking.Rank(view.Practice, PracticeText.Normal(situation), options, view.LiveCount, word => PassagesWith(view, word));
    }

    /// <summary>Names what several cases have in common, or refines what the name says: then it is a new version, and the old ones stay readable.</summary>
    /// <param name="name">A few words; case and accents make no difference.</param>
    /// <param name="description">What was learnt, in words: what to do when.</param>
    /// <param name="caseIds">The cases it rests on, two at least.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <exception cref="ArgumentException">A case is not there, or there are fewer than two.</exception>
    public async Task<KnownConcept> NameConceptAsync(
        string name, string description, IEnumerable<string> caseIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(caseIds);
        var change = new CaseChange
        {
            Action = CaseAction.Name,
            Id = PracticeText.Normal(name),
            Description = PracticeText.Normal(description),
            Cases = [.. caseIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        KnownConcept? concept = null;
        await ChangePracticeAsync(
            batch =>
            {
                var known = batch.Cases.FindConcept(change.Id);
                if (known is null || known.Description != change.Description || !known.Cases.SequenceEqual(change.Cases))
                {
                    batch.Change(change with { Version = (known?.Version ?? 0) + 1 });
                }

                concept = batch.Cases.FindConcept(change.Id);
            },
            cancellationToken).ConfigureAwait(false);
        return concept!;
    }

    /// <summary>A concept with all its versions; null if there is none of this name.</summary>
    /// <param name="name">Its name; case and accents make no difference.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    public async Task<KnownConcept?> GetConceptAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Cases.FindConcept(name);
    }

    /// <summary>All concepts, in ordinal order of their names.</summary>
    /// <param name="cancellationToken">Stops before they are read.</param>
    public async Task<IReadOnlyList<KnownConcept>> ListConceptsAsync(CancellationToken cancellationToken = default) =>
        [.. (await ReadPracticeAsync(cancellationToken).ConfigureAwait(false)).Practice.Cases.Concepts];

    /// <summary>Forgets a concept with all its versions; its cases stay.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Honoured until it is written.</param>
    /// <returns>What was forgotten; null if there is no such concept.</returns>
    public async Task<KnownConcept?> ForgetConceptAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        KnownConcept? gone = null;
        await ChangePracticeAsync(
            batch =>
            {
                gone = batch.Cases.FindConcept(name);
                if (gone is not null)
                {
                    batch.Change(new CaseChange { Action = CaseAction.Unname, Id = gone.Name });
                }
            },
            cancellationToken).ConfigureAwait(false);
        return gone;
    }

    /// <summary>Plans what a case says from now on, if that is not what it says already.</summary>
    static string Tell(
        OperationBatch batch, string situation, string tried, string outcome, double reward, IEnumerable<string>? tags, string? task)
    {
        var id = CaseBook.IdOf(situation, tried);
        var known = batch.Cases.Find(id);
        var sorted = (tags ?? []).Select(PracticeText.Normal).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        outcome = PracticeText.Normal(outcome);
        if (known is null || known.Outcome != outcome || !known.Reward.Equals(reward)
            || !known.Tags.SequenceEqual(sorted) || (task ?? known.Task) != known.Task)
        {
            batch.Change(new CaseChange
            {
                Action = CaseAction.Remember,
                Id = id,
                Version = (known?.Version ?? 0) + 1,
                Situation = situation,
                Tried = tried,
                Outcome = outcome,
                Reward = reward,
                Tags = sorted.Length > 0 ? sorted : null,
                Task = task,
            });
        }

        return id;
    }

    async Task<KnownCase> ChangeCaseAsync(Func<OperationBatch, string> plan, CancellationToken cancellationToken)
    {
        KnownCase? changed = null;
        await ChangePracticeAsync(
            batch =>
            {
                var id = plan(batch);
                changed = batch.Cases.Find(id);
            },
            cancellationToken).ConfigureAwait(false);
        return changed!;
    }

    static KnownCase Found(CaseBook cases, string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return cases.Find(id) ?? throw new ArgumentException($"There is no case '{id}'; {cases.Count} are known. RecallCasesAsync returns ids.");
    }

    /// <summary>Passages that may have a word: of a name, those that have its rarest word.</summary>
    static int PassagesWith(RecallView view, string word) =>
        SituationWords.StemsOf(word).Min(stem => view.Lexical.PassageFrequency(view.Vocabulary.FindStem(stem)));
}
