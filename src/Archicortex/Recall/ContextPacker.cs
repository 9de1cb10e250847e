namespace Archicortex.Recall;

/// <summary>What a context is to be made of.</summary>
/// <param name="View">The memory.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Passages">Passages found, best first.</param>
/// <param name="Lines">Facts and summaries that bear on the question.</param>
/// <param name="PinnedTexts">Texts of the caller, printed first.</param>
/// <param name="PinnedPassages">Passages of the caller's choice, printed behind them.</param>
/// <param name="Budget">How long it may be.</param>
/// <param name="Order">How passages are ordered.</param>
sealed record ContextRequest(
    RecallView View,
    Question Question,
    IReadOnlyList<PassageUnit> Passages,
    IReadOnlyList<LineUnit> Lines,
    IReadOnlyList<string> PinnedTexts,
    IReadOnlyList<PassageUnit> PinnedPassages,
    TokenBudget Budget,
    ContextOrder Order)
{
    /// <summary>True if topics are what was asked for, not something beside the passages.</summary>
    public bool IsBroad { get; init; }
}

/// <summary>A context before its confidence is told.</summary>
/// <param name="Print">The block.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="LeftOut">What did not fit.</param>
/// <param name="Weights">What each level of detail got.</param>
/// <param name="Order">The order of the passages.</param>
sealed record ContextBlock(
    ContextPrint Print, int Tokens, LeftOut LeftOut, GranularityWeight[] Weights, ContextOrder Order);

/// <summary>Packs what was recalled into a block of text of bounded length.</summary>
/// <remarks>
/// <para>All candidates are put in one sequence that does not depend on the budget; the context is the longest prefix of it
/// that fits, and one passage more cut to sentences. So a larger budget holds all that a smaller one does. In the sequence
/// facts that answer the question come first; then the best passage, or for a broad question, which topics answer, the best summary; then facts, summaries and
/// passages take turns, each kind as far as its weight of <see cref="EntropyRouter"/> pays for its tokens. A passage found
/// through others brings those that are missing with it, and they count as one step; what says the same as something before
/// it is passed over, and a turn said again tells how often.</para>
/// <para>Tokens of joined texts are not the sum of their tokens, so every prefix tried is printed and counted as a whole; the
/// longest is found by bisection, since a longer prefix prints more lines. Where a counter breaks that rule the block is
/// shorter than it might be, never longer than allowed.</para>
/// </remarks>
sealed class ContextPacker
{
    /// <summary>Passages of a ranking that a context draws on, unless more were asked for.</summary>
    public const int PassagesDrawnOn = 50;

    const int NamesLeftOutMax = 5;

    // A kind that the router gives nothing still gets what is worth a try: one fact alone leaves its entropy undefined. The topics
    // of a broad question are seldom one better than the other, and meant all the same.
    const double WeightMin = 0.1;
    const double BroadSummaryMin = 0.4;

    static readonly (ContextKind Kind, string Name)[] Kinds =
        [(ContextKind.Passage, "passage"), (ContextKind.Fact, "fact"), (ContextKind.Summary, "summary")];

    readonly ContextRequest _request;
    readonly ContextOrder _order;
    readonly SentenceChoice _sentences;
    readonly Duplicates _duplicates;
    readonly List<ContextUnit[]> _steps = [];
    readonly HashSet<int> _rows = [];
    readonly Dictionary<int, List<int>> _repeats = [];
    int _duplicateCount;

    ContextPacker(ContextRequest request)
    {
        _request = request;
        _sentences = new(request.View, request.Question);
        _duplicates = new(request.View);
        _order = request.Order != ContextOrder.Auto ? request.Order
            : request.Passages.Count > 0 && request.View.Time.SessionOf(request.Passages[0].Row) >= 0 ? ContextOrder.Chronological
            : ContextOrder.BestLast;
    }

    /// <exception cref="ArgumentException">What is pinned does not fit by itself.</exception>
    public static ContextBlock Pack(ContextRequest request) => new ContextPacker(request).Pack();

    ContextBlock Pack()
    {
        PackedUnit[] pinned = [.. _request.PinnedPassages.Select(unit => new PackedUnit(unit with { IsPinned = true }, null))];
        CheckPinned(pinned);
        foreach (var unit in _request.PinnedPassages)
        {
            _rows.Add(unit.Row);
            _duplicates.Take(unit.Row);
        }

        var weights = Weights();
        Sequence(weights);
        var whole = Longest(pinned);
        List<PackedUnit> packed = [.. pinned, .. Units(whole)];
        if (whole < _steps.Count && Trimmed(packed, _steps[whole]) is { } trimmed)
        {
            packed.AddRange(trimmed);
        }

        var print = Print(packed);
        GranularityWeight[] levels = [.. Kinds.Zip(weights, (kind, weight) => new GranularityWeight(kind.Name, weight))];
        return new(print, _request.Budget.Of(print.Text), LeftOut(packed), levels, _order);
    }

    void CheckPinned(PackedUnit[] pinned)
    {
        if (pinned.Length + _request.PinnedTexts.Count > 0 && Print(pinned).Text is var text && !_request.Budget.Fits(text))
        {
            throw new ArgumentException(
                $"What is pinned takes {_request.Budget.Of(text):N0} tokens by itself, and TokenBudget is {_request.Budget.Limit:N0}. "
                + "A pinned text is never cut: raise the budget or pin less.");
        }
    }

    /// <summary>What the router gives each kind that has units, or the least it gets; of sum 1.</summary>
    double[] Weights()
    {
        var scores = Array.ConvertAll(Kinds, kind => UnitsOf(kind.Kind).Select(unit => unit.Score).ToArray());
        var weights = EntropyRouter.Weights(scores);
        for (var kind = 0; kind < weights.Length; kind++)
        {
            var least = _request.IsBroad && Kinds[kind].Kind == ContextKind.Summary ? BroadSummaryMin : WeightMin;
            weights[kind] = scores[kind].Length > 0 ? Math.Max(least, weights[kind]) : 0;
        }

        var sum = weights.Sum();
        return sum > 0 ? Array.ConvertAll(weights, weight => weight / sum) : weights;
    }

    /// <summary>Puts all candidates in the order in which they are packed.</summary>
    void Sequence(double[] weights)
    {
        var bids = Array.ConvertAll(weights, weight => 1 / weight);
        var queues = Array.ConvertAll(Kinds, kind => new Queue<(ContextUnit Unit, double Cost)>(UnitsOf(kind.Kind).Select(unit => (unit, Cost(unit)))));
        var spent = new double[queues.Length];
        foreach (var answer in _request.Lines.Where(unit => unit.IsAnswer))
        {
            AddStep(answer);
        }

        var first = Array.FindIndex(Kinds, kind => kind.Kind == (_request.IsBroad ? ContextKind.Summary : ContextKind.Passage));
        for (var next = first; next >= 0; next = Cheapest(queues, spent, bids))
        {
            if (queues[next].TryDequeue(out var one))
            {
                spent[next] += one.Cost * bids[next];
                AddStep(one.Unit);
            }
        }

        TellRepeats();
    }

    /// <summary>Of turns said again the first that was packed tells how often: known only when all are in the sequence.</summary>
    void TellRepeats()
    {
        foreach (var step in _steps)
        {
            for (var i = 0; i < step.Length; i++)
            {
                step[i] = step[i] is PassageUnit unit && _repeats.TryGetValue(unit.Row, out var rows) ? unit with { Repeats = [.. rows] } : step[i];
            }
        }
    }

    IEnumerable<ContextUnit> UnitsOf(ContextKind kind) => kind == ContextKind.Passage
        ? _request.Passages
        : _request.Lines.Where(unit => unit.Kind == kind && !unit.IsAnswer).OrderByDescending(unit => Math.Round(unit.Score, 9)).ThenBy(unit => unit.Key);

    /// <summary>The kind that would have spent least with its next unit, or −1 if all have had their turn; of equals the first.</summary>
    static int Cheapest(Queue<(ContextUnit Unit, double Cost)>[] queues, double[] spent, double[] bids)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        for (var kind = 0; kind < queues.Length; kind++)
        {
            if (queues[kind].TryPeek(out var ahead) && spent[kind] + (ahead.Cost * bids[kind]) is var sum && sum < least)
            {
                (best, least) = (kind, sum);
            }
        }

        return best;
    }

    static double Cost(ContextUnit unit) => unit switch
    {
        PassageUnit passage => Models.TokenEstimate.Count(passage.Passage.Document.Text.AsSpan(passage.Passage.Span.Start, passage.Passage.Span.Length)),
        LineUnit line => line.Parts.Sum(part => (double)Models.TokenEstimate.Count(part.Text)),
        _ => 0,
    };

    void AddStep(ContextUnit unit)
    {
        if (unit is not PassageUnit passage)
        {
            _steps.Add([unit]);
            return;
        }

        if (!_rows.Add(passage.Row))
        {
            return;
        }

        if (_duplicates.IsOne(passage.Row))
        {
            Repeat(passage.Row);
            return;
        }

        var missing = passage.Before.Where(row => _rows.Add(row) && !_duplicates.IsOne(row)).ToList();
        foreach (var row in (ReadOnlySpan<int>)[.. missing, passage.Row])
        {
            _duplicates.Take(row);
        }

        _steps.Add([.. missing.Select(row => new PassageUnit(row, _request.View.Passage(row), 0, [])), passage]);
    }

    void Repeat(int row)
    {
        _duplicateCount++;
        if (_duplicates.Repeated(row) is >= 0 and var first && _request.View.Time.SessionOf(first) >= 0)
        {
            _repeats.TryAdd(first, []);
            _repeats[first].Add(row);
        }
    }

    /// <summary>How many steps fit, one behind the other.</summary>
    int Longest(PackedUnit[] pinned)
    {
        var (fits, fails) = (0, _steps.Count + 1);
        for (var ahead = 1; fits < _steps.Count && fails > _steps.Count; ahead *= 2)
        {
            var steps = Math.Min(_steps.Count, fits + ahead);
            (fits, fails) = FitsWhole(pinned, steps) ? (steps, fails) : (fits, steps);
        }

        while (fails - fits > 1)
        {
            var middle = (fits + fails) / 2;
            (fits, fails) = FitsWhole(pinned, middle) ? (middle, fails) : (fits, middle);
        }

        return fits;
    }

    bool FitsWhole(PackedUnit[] pinned, int steps) => _request.Budget.Fits(Print([.. pinned, .. Units(steps)]).Text);

    IEnumerable<PackedUnit> Units(int steps) => _steps.Take(steps).SelectMany(step => step).Select(unit => new PackedUnit(unit, null));

    /// <summary>A step cut to the sentences that bear on the question, as many as fit; all its passages have one at least. Null if that does not fit.</summary>
    List<PackedUnit>? Trimmed(List<PackedUnit> packed, ContextUnit[] step)
    {
        if (step is not [.., PassageUnit last])
        {
            return null;
        }

        var covered = _sentences.Covered(packed.Select(one => one.Unit).OfType<PassageUnit>().Select(unit => unit.Row));
        var choices = step.Cast<PassageUnit>()
            .Select(unit => (Unit: unit, Ranked: _sentences.Rank(unit.Row, ReferenceEquals(unit, last) ? -1 : last.Row, covered))).ToArray();
        if (Array.Exists(choices, choice => choice.Ranked.Length == 0))
        {
            return null;
        }

        var taken = Array.ConvertAll(choices, _ => 1);
        var best = Cut(choices, taken);
        if (!Fits(packed, best))
        {
            return null;
        }

        for (var at = choices.Length - 1; at >= 0; at--)
        {
            while (taken[at] < choices[at].Ranked.Length)
            {
                taken[at]++;
                var more = Cut(choices, taken);
                if (!Fits(packed, more))
                {
                    return best;
                }

                best = more;
            }
        }

        return best;
    }

    List<PackedUnit> Cut((PassageUnit Unit, int[] Ranked)[] choices, int[] taken) =>
        [.. choices.Select((choice, at) => new PackedUnit(choice.Unit, _sentences.Runs(choice.Unit.Row, choice.Ranked.AsSpan(0, taken[at]))))];

    bool Fits(List<PackedUnit> packed, List<PackedUnit> more) => _request.Budget.Fits(Print([.. packed, .. more]).Text);

    ContextPrint Print(IReadOnlyList<PackedUnit> units) =>
        ContextText.Print(_request.View, _request.PinnedTexts, units, _order);

    LeftOut LeftOut(List<PackedUnit> packed)
    {
        var held = packed.Select(one => one.Unit).ToHashSet(ReferenceEqualityComparer.Instance);
        var left = _steps.SelectMany(step => step).Where(unit => !held.Contains(unit)).ToList();
        return new(
            left.Count(unit => unit.Kind == ContextKind.Fact),
            left.Count(unit => unit.Kind == ContextKind.Summary),
            left.Count(unit => unit.Kind == ContextKind.Passage),
            packed.Count(one => one.Runs is not null),
            _duplicateCount,
            [.. left.Select(unit => unit.Name).Distinct().Take(NamesLeftOutMax)]);
    }
}
