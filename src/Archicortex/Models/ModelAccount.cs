using System.Globalization;

namespace Archicortex.Models;

/// <summary>A budget and what has been taken from it: reserved before a call, settled after it.</summary>
sealed class ModelAccount(ModelBudget budget, TimeProvider time)
{
    readonly Lock _lock = new();
    int _callsReserved;
    long _inputReserved;
    long _outputReserved;
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

    /// <exception cref="BudgetExceededException">The call would pass a limit; nothing was reserved.</exception>
    public Reservation Reserve(int inputTokens, int outputTokens, string asked)
    {
        CheckDeadline(asked);
        lock (_lock)
        {
            Refuse(nameof(ModelBudget.CallsMax), _spent.Calls + _callsReserved + 1, budget.CallsMax, asked);
            var input = _spent.InputTokens + _inputReserved + inputTokens;
            var output = _spent.OutputTokens + _outputReserved + outputTokens;
            Refuse(nameof(ModelBudget.InputTokensMax), input, budget.InputTokensMax, asked);
            Refuse(nameof(ModelBudget.OutputTokensMax), output, budget.OutputTokensMax, asked);
            if (budget.MoneyMax is { } money)
            {
                Refuse(nameof(ModelBudget.MoneyMax), budget.MoneyOf(input, output), money, asked);
            }

            _callsReserved++;
            _inputReserved += inputTokens;
            _outputReserved += outputTokens;
            return new(inputTokens, outputTokens);
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
    }

    static void Refuse(string limit, decimal needed, decimal allowed, string asked)
    {
        if (needed > allowed)
        {
            throw new BudgetExceededException(limit, needed, allowed, asked);
        }
    }

    /// <summary>What a call holds until it is settled.</summary>
    public readonly record struct Reservation(int InputTokens, int OutputTokens);
}
