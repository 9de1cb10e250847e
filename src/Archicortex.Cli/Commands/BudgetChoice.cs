using System.CommandLine;
using Archicortex.Models;

namespace Archicortex.Cli.Commands;

/// <summary>The options that say what a run may spend on a model.</summary>
sealed class BudgetChoice
{
    const string Limit = "a number of 0 or more";

    readonly Option<int?> _calls = SharedOptions.CountIfGiven("--budget-calls", "Calls this run may make.", 0, int.MaxValue);
    readonly Option<decimal?> _input = Tokens("--budget-input-tokens", "Tokens this run may send.");
    readonly Option<decimal?> _output = Tokens("--budget-output-tokens", "Tokens this run may receive.");
    readonly Option<decimal?> _money = Money("--budget-money", "What this run may cost; needs both prices.");
    readonly Option<decimal?> _priceIn = Money("--price-in", "Price of a million tokens sent.");
    readonly Option<decimal?> _priceOut = Money("--price-out", "Price of a million tokens received.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _calls, _input, _output, _money, _priceIn, _priceOut })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_money) is not null && (result.GetValue(_priceIn) is null || result.GetValue(_priceOut) is null))
            {
                result.AddError("--budget-money needs prices to count with. Add --price-in and --price-out, both for a million tokens.");
            }
        });
    }

    public ModelBudget Of(ParseResult parsed) => new()
    {
        CallsMax = parsed.GetValue(_calls) ?? int.MaxValue,
        InputTokensMax = (long)(parsed.GetValue(_input) ?? long.MaxValue),
        OutputTokensMax = (long)(parsed.GetValue(_output) ?? long.MaxValue),
        MoneyMax = parsed.GetValue(_money),
        InputPricePerMillion = parsed.GetValue(_priceIn) ?? 0,
        OutputPricePerMillion = parsed.GetValue(_priceOut) ?? 0,
    };

    static Option<decimal?> Tokens(string name, string description) => SharedOptions.NumberIfGiven(name, description, 0, long.MaxValue, Limit);

    static Option<decimal?> Money(string name, string description) => SharedOptions.NumberIfGiven(name, description, 0, 1_000_000_000, Limit);
}
