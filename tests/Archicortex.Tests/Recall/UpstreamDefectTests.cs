using Archicortex.Facts;
using Archicortex.Graph;
using Archicortex.Recall;
using Archicortex.Storage;
using Archicortex.Tests.Door;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>Defects seen in other implementations of these ideas, each named after its number in the design; they stay out.</summary>
/// <remarks>
/// Elsewhere: B8 (files with other documents) in OpenIeImportTests, B9, B10 and B14 (replies of models) in Models, B11
/// (half-written deletes) in Door/CrashTests.
/// </remarks>
[TestFixture]
public sealed class UpstreamDefectTests
{
    static readonly RecallStrategy[] OverFacts = [RecallStrategy.Facts, RecallStrategy.Hippo1, RecallStrategy.Hippo2];

    [Test]
    public async Task B1_facts_are_visible_after_a_recall([ValueSource(nameof(OverFacts))] RecallStrategy strategy)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await HippoRecallTests.RecordAsync(memory, "d1", "One thing.", new Fact("Gull Tower", "built by", "Ivo Crane"));
        await memory.RecallAsync("Who built the Gull Tower?", new() { Strategy = strategy });
        await HippoRecallTests.RecordAsync(memory, "d2", "Another thing.", new Fact("Salt Bridge", "built by", "Una Frost"));
        var found = await memory.RecallAsync("Who built the Salt Bridge?", new() { Strategy = strategy });
        Assert.That(found.Strategy, Is.EqualTo(strategy));
        Assert.That(found.Passages[0].DocumentName, Is.EqualTo("d2"));
    }

    [Test]
    public async Task B2_batching_and_order_show_neither_in_the_state_nor_in_the_ranking()
    {
        var records = Enumerable.Range(0, 24).Select(i => (Id: $"d{i}", Fact: new Fact($"Name {i % 7}", $"rel {i % 3}", $"Names {(i * 5) % 11}"))).ToArray();
        string? state = null, order = null;
        foreach (var seed in (int[])[0, 1, 2])
        {
            var shuffled = records.ToArray();
            new Random(seed).Shuffle(shuffled);
            await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
            foreach (var (id, fact) in shuffled)
            {
                await HippoRecallTests.RecordAsync(memory, id, $"This is {id}.", fact);
                if (seed == 1)
                {
                    await memory.RecallAsync("Name 3?", new() { Strategy = RecallStrategy.Hippo1 });
                }
            }

            var now = await OrderAsync(memory);
            Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state ??= await memory.GetStateHashAsync()), $"seed {seed}");
            Assert.That(now, Is.EqualTo(order ??= now), $"seed {seed}");
        }
    }

    [Test]
    public async Task B3_forgetting_gives_back_the_memory_as_it_was()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync(MemoryProbe.Options);
        await HippoRecallTests.RecordAsync(memory, "d1", "One thing.", new Fact("Gull Tower", "built by", "Ivo Crane"));
        var (state, order) = (await memory.GetStateHashAsync(), await OrderAsync(memory));
        await HippoRecallTests.RecordAsync(memory, "d2", "More.", new Fact("Gull Towers", "owned by", "Una Frost"), new Fact("Gull Tower", "built by", "Ivo Crane"));
        await memory.RecallAsync("Gull Towers?", new() { Strategy = RecallStrategy.Hippo1 });
        await memory.ForgetAsync("d2");
        Assert.That(await memory.GetStateHashAsync(), Is.EqualTo(state));
        Assert.That(await OrderAsync(memory), Is.EqualTo(order));
    }

    [Test]
    public void B4_no_edge_survives_its_last_fact()
    {
        var facts = new FactGraph();
        facts.Set(0, "test", [new Fact("a", "r", "b"), new Fact("b", "r", "c")]);
        facts.Set(1, "test", [new Fact("a", "r", "b")]);
        facts.Remove(0);
        var graph = FactWalkGraph.Of(facts.Freeze(), 2, [new SynonymPair(0, 2, 0.9)], joinsPassages: true);
        Assert.That(graph.Edges, Is.EqualTo(3), "a–b, and the passage with both; c and its likeness to a are gone");
        Assert.That(graph.Strength(2), Is.Zero);
    }

    [Test]
    public async Task B5_names_of_other_scripts_stay_apart()
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await HippoRecallTests.RecordAsync(memory, "d1", "一。", new Fact("北京", "capital of", "中国"));
        await HippoRecallTests.RecordAsync(memory, "d2", "二。", new Fact("القاهرة", "capital of", "مصر"));
        await HippoRecallTests.RecordAsync(memory, "d3", "Drei.", new Fact("Zürich", "city in", "Schweiz"));
        foreach (var (name, id) in new[] { ("北京", "d1"), ("القاهرة", "d2"), ("Zurich", "d3") })
        {
            var facts = await memory.FindFactsAsync(new() { About = name });
            Assert.That(facts.Single(fact => fact.Extractor == "test").DocumentName, Is.EqualTo(id));
        }
    }

    [Test]
    public void B6_a_new_name_is_compared_with_others_once()
    {
        var facts = new FactGraph();
        var names = new EntityNames();
        long before = 0;
        for (var i = 0; i < 50; i++)
        {
            facts.Set(i, "test", [new Fact($"shared name {i}", "r", $"other thing {i}")]);
            names.Extend(facts.Freeze());
            Assert.That(names.Comparisons - before, Is.LessThanOrEqualTo(2 * (2 * (i + 1))), "two new names, each against all before it");
            before = names.Comparisons;
        }

        names.Extend(facts.Freeze());
        Assert.That(names.Comparisons, Is.EqualTo(before), "nothing is compared twice");
    }

    [Test]
    public async Task B7_random_questions_never_throw([ValueSource(nameof(OverFacts))] RecallStrategy strategy)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        Assert.That((await memory.RecallAsync("?", new() { Strategy = strategy })).Passages, Is.Empty);
        await HippoRecallTests.RecordAsync(memory, "d1", "One thing.", new Fact("Gull Tower", "built by", "Ivo Crane"), new Fact("Gull Tower", "is", "Gull Tower"));
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var question = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(6) switch
            {
                0 => "Gull Tower ",
                1 => "built ",
                2 => char.ConvertFromUtf32(random.Next(0x20, 0xD7FF)),
                3 => "'s ",
                4 => ((char)random.Next(0xD800, 0xDFFF)).ToString(),
                _ => "? ",
            }));
            if (!string.IsNullOrWhiteSpace(question))
            {
                Assert.That(async () => await memory.RecallAsync(question, new() { Strategy = strategy, Explain = true }), Throws.Nothing, $"seed {seed}");
            }
        }
    }

    [Test]
    public async Task B12_bytes_written_for_a_document_do_not_grow_with_the_memory()
    {
        var store = new CountingStore();
        await using var memory = await GraphMemory.OpenAsync(store, MemoryProbe.Options);
        await HippoRecallTests.RecordAsync(memory, "d0", "One thing.", new Fact("A", "r", "B"));
        var first = store.Bytes;
        for (var i = 1; i < 40; i++)
        {
            await HippoRecallTests.RecordAsync(memory, $"d{i % 10}{i / 10}", "One thing.", new Fact("A", "r", "B"));
        }

        Assert.That(store.Bytes, Is.LessThanOrEqualTo(40 * (first + 8)));
    }

    [Test]
    public async Task B16_a_question_touches_no_more_than_its_beam()
    {
        // A hub with many facts: the paths tried are bounded, whatever its size, and the right fact is among them.
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        var facts = Enumerable.Range(0, 3000).Select(i => new Fact("Hub", $"rel{i}", $"Leaf {i}")).Append(new Fact("Hub", "warden", "Una Frost")).ToArray();
        await HippoRecallTests.RecordAsync(memory, "hub", "A hub.", facts);
        var answer = await memory.AskAsync("Who is the warden of the Hub?");
        Assert.That(answer.Text, Is.EqualTo("Una Frost"));
    }

    static async Task<string> OrderAsync(GraphMemory memory)
    {
        var lines = new List<string>();
        foreach (var strategy in OverFacts)
        {
            foreach (var question in (string[])["Name 3?", "What is rel 1 of Name 2?", "Gull Tower", "Who built the Gull Tower?"])
            {
                var found = await memory.RecallAsync(question, new() { Top = 20, Strategy = strategy });
                lines.Add($"{strategy} {question}: {string.Join(' ', found.Passages.Select(passage => passage.DocumentName))}");
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Counts what is written.</summary>
    sealed class CountingStore : IMemoryStore
    {
        readonly InMemoryStore _inner = new("default");

        public long Bytes { get; private set; }

        public string Name => _inner.Name;

        public string Scope => _inner.Scope;

        public bool IsReadOnly => false;

        public Task<LogHead> HeadAsync(CancellationToken cancellationToken = default) => _inner.HeadAsync(cancellationToken);

        public Task AppendAsync(LogHead expected, IReadOnlyList<Operation> operations, CancellationToken cancellationToken = default)
        {
            Bytes += operations.Sum(operation => operation.Payload.Length);
            return _inner.AppendAsync(expected, operations, cancellationToken);
        }

        public IAsyncEnumerable<Operation> ReadAsync(long afterSequence, CancellationToken cancellationToken = default) =>
            _inner.ReadAsync(afterSequence, cancellationToken);

        public Task<StoredSnapshot?> ReadSnapshotAsync(CancellationToken cancellationToken = default) => _inner.ReadSnapshotAsync(cancellationToken);

        public Task WriteSnapshotAsync(StoredSnapshot snapshot, CancellationToken cancellationToken = default) =>
            _inner.WriteSnapshotAsync(snapshot, cancellationToken);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
