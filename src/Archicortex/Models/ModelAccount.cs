using System.Globalization;

namespace Archicortex.Models;

/// <summary>A budget and what has been taken from it: reserved before a call, settled after it.</summary>
sealed class ModelAccount(ModelBudget budget, TimeProvider time)
{
    readonly Lock _lock = new();
    int _callsReserved;
    long _inputReserved;
    long _outputReserved;
    TaskCompletionSource _change = NewChange();
    ModelSpending _spent = new() { Money = budget.HasPrices ? 0m : null };

    public ModelBudget Budget => budget;

    public ModelSpending Spent
    {
        get
        {
            lock (_lock)
            {
                return _spent;
            }
        }
    }

    /// <summary>How long a call may still take; null without a deadline.</summary>
    public TimeSpan? TimeLeft => budget.Deadline - time.GetUtcNow();

    /// <summary>Sets aside what a call may take at most.</summary>
    /// <remarks>
    /// A call that does not fit only because others under way have more set aside than they will take waits for them, so
    /// that what a budget is enough for hardly depends on how many calls run at a time.
    /// </remarks>
    /// <exception cref="BudgetExceededException">The call would pass a limit; nothing was reserved.</exception>
    public async ValueTask<Reservation> ReserveAsync(int inputTokens, int outputTokens, string asked, CancellationToken cancellationToken)
    {
        while (true)
        {
            CheckDeadline(asked);
            Task change;
            lock (_lock)
            {
                if (Overrun(1 + _callsReserved, inputTokens + _inputReserved, outputTokens + _outputReserved) is null)
                {
                    _callsReserved++;
                    _inputReserved += inputTokens;
                    _outputReserved += outputTokens;
                    return new(inputTokens, outputTokens);
                }

                if (Overrun(1, inputTokens, outputTokens) is { } overrun)
                {
                    throw new BudgetExceededException(overrun.Limit, overrun.Needed, overrun.Allowed, asked);
                }

                change = _change.Task;
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Turns a reservation into what the call really took.</summary>
    public void Settle(Reservation reservation, long inputTokens, long outputTokens)
    {
        lock (_lock)
        {
            Free(reservation);
            var input = _spent.InputTokens + inputTokens;
            var output = _spent.OutputTokens + outputTokens;
            _spent = _spent with
            {
                Calls = _spent.Calls + 1,
                InputTokens = input,
                OutputTokens = output,
                Money = budget.HasPrices ? budget.MoneyOf(input, output) : null,
            };
        }
    }

    /// <summary>Gives a reservation back: there was no answer.</summary>
    public void Release(Reservation reservation)
    {
        lock (_lock)
        {
            Free(reservation);
        }
    }

    public void CountCacheHit()
    {
        lock (_lock)
        {
            _spent = _spent with { CacheHits = _spent.CacheHits + 1 };
        }
    }

    public void CountRetry()
    {
        lock (_lock)
        {
            _spent = _spent with { Retries = _spent.Retries + 1 };
        }
    }

    public void CountRepair()
    {
        lock (_lock)
        {
            _spent = _spent with { Repairs = _spent.Repairs + 1 };
        }
    }

    public void CheckDeadline(string asked)
    {
        if (TimeLeft <= TimeSpan.Zero)
        {
            throw DeadlinePassed(asked);
        }
    }

    public BudgetExceededException DeadlinePassed(string asked) => new(
        string.Create(CultureInfo.InvariantCulture, $"The budget's deadline {budget.Deadline:O} passed before the model was done with {asked}. ")
        + "Set a later one and run the same command again: replies that came so far are kept if there is a cache.");

    void Free(Reservation reservation)
    {
        _callsReserved--;
        _inputReserved -= reservation.InputTokens;
        _outputReserved -= reservation.OutputTokens;
        _change.SetResult();
        _change = NewChange();
    }

    /// <summary>The first limit that so much more than was spent would pass.</summary>
    (string Limit, decimal Needed, decimal Allowed)? Overrun(int calls, long inputTokens, long outputTokens)
    {
        var input = _spent.InputTokens + inputTokens;
        var output = _spent.OutputTokens + outputTokens;
        return _spent.Calls + calls > budget.CallsMax ? (nameof(ModelBudget.CallsMax), _spent.Calls + calls, budget.CallsMax)
            : input > budget.InputTokensMax ? (nameof(ModelBudget.InputTokensMax), input, budget.InputTokensMax)
            : output > budget.OutputTokensMax ? (nameof(ModelBudget.OutputTokensMax), output, budget.OutputTokensMax)
            : budget.MoneyOf(input, output) > budget.MoneyMax ? (nameof(ModelBudget.MoneyMax), budget.MoneyOf(input, output), budget.MoneyMax.Value)
            : null;
    }

    static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a call holds until it is settled.</summary>
    public readonly record struct Reservation(int InputTokens, int OutputTokens);
}
