using Archicortex.Models;

namespace Archicortex;

/// <summary>How a question is followed over several recalls.</summary>
public sealed record SessionOptions
{
    /// <summary>Passages a step may return, 1 … 100. Default 8.</summary>
    public int Top { get; init; } = 8;

    /// <summary>The most steps, 1 … 16. Default: 2 without a model, 4 for questions of three names or more; 4 with a model.</summary>
    public int? StepsMax { get; init; }

    /// <summary>How passages are found. Default <see cref="RecallStrategy.Auto"/>.</summary>
    public RecallStrategy Strategy { get; init; } = RecallStrategy.Auto;

    /// <summary>Go on by the question's missing words even if the memory has a model. Default false.</summary>
    public bool WithoutModel { get; init; }

    /// <summary>What a model may spend on the whole session. Default: what its caller allows.</summary>
    public ModelBudget? Budget { get; init; }

    internal void Check()
    {
        if (Top is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(Top), Top, "Top must be between 1 and 100.");
        }

        if (StepsMax is < 1 or > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(StepsMax), StepsMax, "StepsMax must be between 1 and 16.");
        }
    }
}

/// <summary>One step of a session.</summary>
/// <param name="Number">1, 2, …</param>
/// <param name="Cue">What was recalled with: the question, words still missing, or a model's thought.</param>
/// <param name="Passages">What is new, best first; nothing is returned twice.</param>
/// <param name="IsLast">True if there is no next step.</param>
/// <param name="Reason">Why there is one, or none, in a sentence.</param>
public sealed record SessionStep(int Number, string Cue, IReadOnlyList<RecalledPassage> Passages, bool IsLast, string Reason)
{
    /// <summary>What the model thought after reading; null without one.</summary>
    public string? Thought { get; init; }

    /// <summary>The answer the model came to; null before, and without one.</summary>
    public string? Answer { get; init; }
}

/// <summary>Follows a question over several recalls, each asking for what the ones before did not find.</summary>
/// <remarks>
/// With a model each step ends with a thought, and the next recalls with it, until a thought says the answer (IRCoT,
/// arXiv 2212.10509, with HippoRAG). Without one the next step asks for the words that no passage has yet, and for rare
/// names of the best passages; it ends when nothing new comes. The state is the caller's: nothing is written. Not safe
/// for several threads at a time.
/// </remarks>
public sealed class RecallSession
{
    readonly GraphMemory _memory;
    readonly SessionOptions _options;
    readonly ModelCaller? _model;
    readonly List<string> _thoughts = [];
    readonly Dictionary<Documents.PassageId, (RecalledPassage Passage, double Score)> _found = [];
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    string? _cue;
    int _stepsMax;
    int _steps;

    internal RecallSession(GraphMemory memory, string question, SessionOptions options, ModelCaller? model) =>
        (_memory, Question, _options, _model, _cue) = (memory, question, options, model, question);

    /// <summary>What is asked.</summary>
    public string Question { get; }

    /// <summary>True once there is no next step.</summary>
    public bool IsDone => _cue is null;

    /// <summary>All that was found, best first: each passage by its best place in any step.</summary>
    public IReadOnlyList<RecalledPassage> Passages =>
    [
        .. _found.Values.OrderByDescending(one => Math.Round(one.Score, 12)).ThenBy(one => one.Passage.PassageId.Value)
            .Select((one, i) => one.Passage with { Rank = i + 1, Score = one.Score }),
    ];

    /// <summary>What a model cost so far; null without one.</summary>
    public ModelSpending? Spending => _model?.Spending;

    /// <summary>Takes the next step.</summary>
    /// <param name="cancellationToken">Stops the recall or the model's call; the step can be taken again.</param>
    /// <exception cref="InvalidOperationException">The session is done.</exception>
    public async Task<SessionStep> NextAsync(CancellationToken cancellationToken = default)
    {
        var cue = _cue ?? throw new InvalidOperationException("The session is done: IsDone says so, and Passages has what was found.");
        var recalled = await _memory.RecallAsync(cue, new() { Top = _options.Top, Strategy = _options.Strategy }, cancellationToken).ConfigureAwait(false);
        _stepsMax = _stepsMax > 0 ? _stepsMax : _options.StepsMax ?? (_model is not null || recalled.Names.Count >= 3 ? 4 : 2);
        var fresh = recalled.Passages.Where(passage => !_found.ContainsKey(passage.PassageId)).ToList();
        var merged = Merged(recalled);
        var step = _model is null
            ? Follow(cue, recalled, fresh)
            : await ThinkAsync(cue, merged, fresh, cancellationToken).ConfigureAwait(false);

        // Only a step that came to its end changes the session, so that one that failed can be taken again.
        foreach (var (id, one) in merged)
        {
            _found[id] = one;
        }

        _steps++;
        _cue = step.IsLast ? null : _cue;
        return step;
    }

    /// <summary>All passages with the best of their scores, each step's scaled to [0, 1].</summary>
    Dictionary<Documents.PassageId, (RecalledPassage Passage, double Score)> Merged(Recollection recalled)
    {
        var merged = new Dictionary<Documents.PassageId, (RecalledPassage Passage, double Score)>(_found);
        var (best, worst) = recalled.Passages.Count > 0 ? (recalled.Passages[0].Score, recalled.Passages[^1].Score) : (1, 0);
        foreach (var passage in recalled.Passages)
        {
            var score = best > worst ? (passage.Score - worst) / (best - worst) : 1;
            if (!merged.TryGetValue(passage.PassageId, out var known) || known.Score < score)
            {
                merged[passage.PassageId] = (passage, score);
            }
        }

        return merged;
    }

    async Task<SessionStep> ThinkAsync(
        string cue,
        Dictionary<Documents.PassageId, (RecalledPassage Passage, double Score)> merged,
        List<RecalledPassage> fresh,
        CancellationToken cancellationToken)
    {
        var best = merged.Values.OrderByDescending(one => one.Score).ThenBy(one => one.Passage.PassageId.Value).Take(_options.Top);
        var passages = best.Select((one, i) =>
            new CitedPassage((i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), one.Passage.Text) { Title = one.Passage.Document.Title });
        var thought = await new ThoughtWriter(_model!).NextAsync(Question, [.. passages], _thoughts, cancellationToken).ConfigureAwait(false);
        _thoughts.Add(thought.Text);
        var isLast = thought.IsLast || _steps + 1 >= _stepsMax;
        _cue = thought.Text;
        return new SessionStep(_steps + 1, cue, fresh, isLast, thought.IsLast ? "The thought says the answer." : Ending(isLast, "The thought asks on."))
        {
            Thought = thought.Text,
            Answer = thought.Answer,
        };
    }

    SessionStep Follow(string cue, Recollection recalled, List<RecalledPassage> fresh)
    {
        _asked.Add(cue);
        var next = _memory.CueAfter(Question, recalled, _asked);
        var reason = fresh.Count == 0 ? "Nothing new was found." : next is null ? "No word of the question is missing, and no name leads on." : null;
        var isLast = reason is not null || _steps + 1 >= _stepsMax;
        _cue = next ?? _cue;
        return new SessionStep(_steps + 1, cue, fresh, isLast, reason ?? Ending(isLast, $"The next step asks for '{next}'."));
    }

    string Ending(bool isLast, string goesOn) => isLast ? $"{_stepsMax} steps were taken, the most allowed." : goesOn;
}
