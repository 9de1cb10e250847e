using System.Globalization;
using System.Text;
using Archicortex.Language;
using Archicortex.Models;

namespace Archicortex.Facts;

/// <summary>How a model is asked for facts.</summary>
public sealed record ModelFactOptions
{
    /// <summary>Ask also for negation, modality, times, evidence and confidence. Default: three texts a fact.</summary>
    public bool IsRich { get; init; }

    /// <summary>The most tokens of a list of names, ≥ 1. Default 1,024.</summary>
    public int NamesOutputTokensMax { get; init; } = 1024;

    /// <summary>The most tokens of a list of facts, ≥ 1. Default 2,048; a rich list needs about three times a plain one: 6,144.</summary>
    public int? FactsOutputTokensMax { get; init; }

    internal int FactsTokens => FactsOutputTokensMax ?? (IsRich ? 6144 : 2048);
}

/// <summary>Asks a language model what a passage says: first for its names, then for statements about them.</summary>
/// <remarks>
/// The two steps and their reply formats are those of HippoRAG (arXiv 2405.14831); the words are our own. A passage is
/// data between marks it cannot contain, no tools are offered, and what comes back belongs to that passage alone, so a
/// passage that gives orders can at worst spoil its own facts. A failure is an exception, never "no facts". Plain facts
/// get confidence .8, or .5 if neither end shares a word with the passage; rich ones the model's own, at most .5 if
/// their evidence is not in the passage.
/// </remarks>
/// <param name="caller">The model.</param>
/// <param name="options">How to ask.</param>
public sealed class ModelFactExtractor(ModelCaller caller, ModelFactOptions? options = null) : IFactExtractor
{
    const string NamesPrompt = "names-1";
    const string TriplesPrompt = "triples-1";
    const string RichPrompt = "facts-1";

    readonly ModelFactOptions _options = options ?? new();

    /// <inheritdoc/>
    public string Identity => $"model:{caller.ModelId}:{NamesPrompt}+{FactsPrompt}";

    /// <summary>What was spent through this extractor's caller.</summary>
    public ModelSpending Spending => caller.Spending;

    string FactsPrompt => _options.IsRich ? RichPrompt : TriplesPrompt;

    /// <summary>The same extractor with a budget and a spending of its own: one for each operation.</summary>
    /// <param name="budget">What the operation may spend.</param>
    public ModelFactExtractor Under(ModelBudget budget) => new(caller.Under(budget), _options);

    /// <inheritdoc/>
    /// <exception cref="ModelReplyException">The model did not answer in the form asked for.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the call.</exception>
    public async ValueTask<Extraction> ExtractAsync(FactSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            return new Extraction([], []);
        }

        var text = Enclose(source);
        var named = await caller.CallAsync(NamesCall(text), cancellationToken).ConfigureAwait(false);
        var names = Distinct(named.Value);
        var stated = await caller.CallAsync(FactsCall(text, names), cancellationToken).ConfigureAwait(false);
        var reading = new ModelFactReading(source.Text, names, _options.IsRich);
        foreach (var statement in stated.Value)
        {
            reading.Add(statement);
        }

        return new Extraction(names, reading.Facts) { Dropped = reading.Dropped, Doubtful = reading.Doubtful, Replies = [named.Text, stated.Text] };
    }

    /// <summary>The names and facts of many passages, in their order; as many at a time as the model's options allow.</summary>
    /// <param name="sources">The passages.</param>
    /// <param name="cancellationToken">Stops the work. Replies that came are in the cache.</param>
    public async Task<IReadOnlyList<Extraction>> ExtractAllAsync(IReadOnlyList<FactSource> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return await InOrder.RunAsync(
            sources, caller.ConcurrencyMax, (source, token) => ExtractAsync(source, token).AsTask(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the extraction would cost, without a call.</summary>
    /// <remarks>
    /// Exact for the question for names. The question for facts holds the names the model will find: where they are not
    /// in the cache, the names found by how they are written stand in for them. Output is the most that can come back.
    /// </remarks>
    /// <param name="sources">The passages.</param>
    /// <param name="cancellationToken">Stops the look into the cache.</param>
    public async Task<ModelEstimate> EstimateAsync(IReadOnlyList<FactSource> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var (calls, cached, input, output) = (0, 0, 0L, 0L);

        // Equal passages ask equal questions, and an equal question is asked once.
        foreach (var source in sources.Where(source => !string.IsNullOrWhiteSpace(source.Text)).DistinctBy(Enclose))
        {
            var text = Enclose(source);
            var namesCall = NamesCall(text);
            var named = await caller.FindAsync(namesCall, cancellationToken).ConfigureAwait(false);
            Add(namesCall.InputTokens, namesCall.OutputTokensMax, named is not null);
            var factsCall = FactsCall(text, named is { } known ? Distinct(known.Value) : NamesByRule(source.Text));
            var stated = named is null ? null : await caller.FindAsync(factsCall, cancellationToken).ConfigureAwait(false);
            Add(factsCall.InputTokens, factsCall.OutputTokensMax, stated is not null);
        }

        return caller.Estimate(calls, cached, input, output);

        void Add(int inputTokens, int outputTokens, bool isCached)
        {
            (calls, cached) = isCached ? (calls, cached + 1) : (calls + 1, cached);
            input += isCached ? 0 : inputTokens;
            output += isCached ? 0 : outputTokens;
        }
    }

    ModelCall<IReadOnlyList<string>> NamesCall(string text) => new(
        "the names of a passage",
        NamesPrompt,
        ModelPrompt.Of(NamesPrompt).Fill(("text", text)),
        NamesReply.Schema,
        _options.NamesOutputTokensMax,
        NamesReply.Read);

    ModelCall<IReadOnlyList<ModelStatement?>> FactsCall(string text, IReadOnlyList<string> names)
    {
        // A model's own words come back to it as data as well: a passage may have talked it into strange names.
        var list = ModelPrompt.Enclose(ModelPrompt.List(names));
        return new(
            "the facts of a passage",
            FactsPrompt,
            ModelPrompt.Of(FactsPrompt).Fill(("text", text), ("names", list)),
            _options.IsRich ? RichReply.Schema : TriplesReply.Schema,
            _options.FactsTokens,
            _options.IsRich ? RichReply.Read : TriplesReply.Read);
    }

    static string Enclose(FactSource source)
    {
        var text = new StringBuilder();
        void Line(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                text.Append(label).Append(": ").Append(value).Append('\n');
            }
        }

        Line("Title", source.Title);
        Line("Said by", source.Speaker);
        Line("Said to", source.Listener);
        Line("Time", source.Time?.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        return ModelPrompt.Enclose(text.Append(source.Text).ToString());
    }

    static List<string> Distinct(IReadOnlyList<string> names) =>
        [.. names.DistinctBy(name => EntityName.Of(name).Key).Where(name => EntityName.Of(name).Key.Length > 0)];

    static List<string> NamesByRule(string text)
    {
        var buffer = new TokenBuffer();
        var names = new List<TokenRange>();
        foreach (var span in SentenceSplitter.Split(text))
        {
            var start = buffer.Count;
            buffer.Read(text.AsSpan(span.Start, span.Length), span.Start);
            NameSpans.Find(buffer, start, buffer.Count, names);
        }

        return Distinct([.. names.Select(name => text[buffer[name.Start].Start..(buffer[name.End - 1].Start + buffer[name.End - 1].Length)])]);
    }
}
