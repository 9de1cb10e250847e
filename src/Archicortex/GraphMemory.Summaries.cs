using System.Runtime.CompilerServices;
using Archicortex.Hierarchy;
using Archicortex.Models;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>Which topics a model is to summarise.</summary>
public sealed record SummariseOptions
{
    /// <summary>Topics at most, 1 … 100,000: those with most passages. Default 50. What a run may cost is the budget of <see cref="ModelOptions"/>.</summary>
    public int NodesMax { get; init; } = 50;

    /// <summary>Passages a topic must have, 2 … 1,000,000; smaller ones read as quickly as a summary. Default 5.</summary>
    public int PassagesMin { get; init; } = 5;

    internal void Check()
    {
        if (NodesMax is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(NodesMax), NodesMax, "NodesMax must be between 1 and 100,000.");
        }

        if (PassagesMin is < 2 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(PassagesMin), PassagesMin, "PassagesMin must be between 2 and 1,000,000.");
        }
    }
}

/// <summary>A topic that a model was asked to summarise.</summary>
/// <param name="Node">Its number.</param>
/// <param name="Depth">Its depth.</param>
/// <param name="PassageCount">Passages below it.</param>
/// <param name="Text">What the model wrote and the memory now shows; null if it was not taken.</param>
public sealed record SummarisedTopic(int Node, int Depth, int PassageCount, string? Text)
{
    /// <summary>Why it was not taken: what it names and no passage does, or that the topic changed meanwhile; null if it was.</summary>
    public string? Refusal { get; init; }
}

public sealed partial class GraphMemory
{
    // Enough for a model to see what a topic is about; all of a small one.
    const int SummarySourcesMax = 24;

    /// <summary>
    /// Lets the model write summaries of the topics that have none from it yet, or that changed since; the deepest first.
    /// When a topic is handed out, its summary is durable.
    /// </summary>
    /// <remarks>
    /// A model's summary is made from passages, at most 24 that speak for the topic, never from other summaries. It is recorded
    /// with them and shown as long as the topic has just the passages it had; where it names a number or a name that no passage
    /// has, it is refused. Forgetting one of its passages forgets it. Resumable: replies that came are not paid for twice.
    /// </remarks>
    /// <param name="options">Which topics.</param>
    /// <param name="cancellationToken">Stops; summaries handed out before are recorded.</param>
    /// <exception cref="InvalidOperationException">The memory was opened without <see cref="GraphMemoryOptions.ChatClient"/>, or for reading only.</exception>
    /// <exception cref="ModelReplyException">The model did not answer in the form asked for.</exception>
    /// <exception cref="ModelTransportException">The model could not be reached.</exception>
    /// <exception cref="BudgetExceededException">The budget does not allow the next call.</exception>
    public async IAsyncEnumerable<SummarisedTopic> SummariseAsync(
        SummariseOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseReadOnly();
        var writer = SummaryModel();
        options ??= new();
        options.Check();
        var view = _view;
        foreach (var some in Unwritten(view, writer.Identity, options).Chunk(Model!.ConcurrencyMax))
        {
            var written = await InOrder.RunAsync(
                some, some.Length, (node, token) => writer.WriteAsync(PassagesOf(view, node), token), cancellationToken).ConfigureAwait(false);
            foreach (var (node, summary) in some.Zip(written))
            {
                yield return await RecordSummaryAsync(view, node, writer.Identity, summary, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How many topics <see cref="SummariseAsync"/> would have summarised, and what that would cost; nothing is asked.</summary>
    /// <param name="options">Which topics.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    /// <exception cref="InvalidOperationException">The memory was opened without <see cref="GraphMemoryOptions.ChatClient"/>.</exception>
    public async Task<(int Topics, ModelEstimate Cost)> EstimateSummariesAsync(SummariseOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writer = SummaryModel();
        options ??= new();
        options.Check();
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var view = _view;
        var nodes = Unwritten(view, writer.Identity, options);
        var (calls, cached, input, output) = (0, 0, 0L, 0L);
        foreach (var node in nodes)
        {
            var one = await writer.EstimateAsync(PassagesOf(view, node), cancellationToken).ConfigureAwait(false);
            (calls, cached, input, output) = (calls + one.Calls, cached + one.CachedCalls, input + one.InputTokens, output + one.OutputTokens);
        }

        return (nodes.Length, Model!.Estimate(calls, cached, input, output));
    }

    SummaryWriter SummaryModel()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Model is null
            ? throw new InvalidOperationException($"'{_store.Name}' was opened without a language model. Set GraphMemoryOptions.ChatClient.")
            : new SummaryWriter(Model);
    }

    /// <summary>The largest topics without a summary of this writer, the deepest first.</summary>
    static int[] Unwritten(RecallView view, string writer, SummariseOptions options)
    {
        var tree = view.Topics;
        return [.. Enumerable.Range(0, tree.NodeRows)
            .Where(node => tree.IsNode(node) && tree.Node(node).LeafCount >= options.PassagesMin
                && view.Written.GetValueOrDefault(tree.Node(node).LeafSet)?.Writer != writer)
            .OrderByDescending(node => tree.Node(node).LeafCount).ThenBy(node => node).Take(options.NodesMax)
            .OrderByDescending(tree.DepthOf).ThenBy(node => node)];
    }

    static int[] SourceRows(RecallView view, int node) => [.. new TopicReader(view).InOrder(TopicSample.Of(view.Topics, node, SummarySourcesMax))];

    static CitedPassage[] PassagesOf(RecallView view, int node) => Array.ConvertAll(SourceRows(view, node), row =>
    {
        var passage = view.Passage(row);
        var said = passage.Speaker is { } speaker ? $"{speaker}: {passage.Text}" : passage.Text;
        return new CitedPassage(passage.Id.ToString(), said) { Title = passage.Title };
    });

    async Task<SummarisedTopic> RecordSummaryAsync(
        RecallView view, int node, string writer, ModelSummary summary, CancellationToken cancellationToken)
    {
        var topic = new SummarisedTopic(node, view.Topics.DepthOf(node), view.Topics.Node(node).LeafCount, summary.Text);
        if (!summary.IsFounded)
        {
            Log.SummaryRefused(_logger, writer, summary.Unfounded.Count);
            return topic with { Text = null, Refusal = $"It names what no passage does: {string.Join(", ", summary.Unfounded.Take(5))}." };
        }

        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var leafSet = view.Topics.Node(node).LeafSet;
            if (!_view.Topics.IsNode(node) || _view.Topics.Node(node).LeafSet != leafSet)
            {
                return topic with { Text = null, Refusal = "Its passages changed meanwhile." };
            }

            var batch = new OperationBatch(_views, _options.Clock);
            batch.Summarise(new SummaryPayload
            {
                LeafSet = leafSet.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
                Writer = writer,
                Text = summary.Text,
                Sources = Array.ConvertAll(SourceRows(view, node), row => SourceOf(view.Passage(row))),
            });
            await CommitAsync(batch.Operations, cancellationToken).ConfigureAwait(false);
            return topic;
        }
        finally
        {
            _writer.Release();
        }
    }

    static SourcePayload SourceOf(Documents.Passage passage) => new(passage.DocumentId.ToString(), passage.Id.ToString());
}
