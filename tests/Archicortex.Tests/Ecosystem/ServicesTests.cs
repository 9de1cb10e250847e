using Archicortex.Models;
using Archicortex.OpenAI;
using Archicortex.Storage;
using Archicortex.Testing;
using Archicortex.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Archicortex.Tests.Ecosystem;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServicesTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Template => _folder.File("in/{scope}.archicortex");

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_scope_is_opened_once_by_however_many_ask_and_closed_with_the_container()
    {
        GraphMemory memory;
        await using (var provider = Provider(services => services.AddArchicortex(Template)))
        {
            var memories = provider.GetRequiredService<GraphMemories>();
            var asked = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ => await memories.GetAsync("ada")));
            memory = asked[0];
            Assert.That(asked, Is.All.SameAs(memory));
            Assert.That(await memories.GetAsync("bo"), Is.Not.SameAs(memory));
            await memory.RememberAsync("Ada moved to Oslo.");
            Assert.That((await (await memories.GetAsync("bo")).RecallAsync("Oslo")).Passages, Is.Empty);
        }

        Assert.That(async () => await memory.RecallAsync("Oslo"), Throws.TypeOf<ObjectDisposedException>());
        await using var again = Provider(services => services.AddArchicortex(Template));
        var reopened = await again.GetRequiredService<GraphMemories>().GetAsync("ada");
        Assert.That((await reopened.RecallAsync("Oslo")).Passages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_scope_of_one_file_is_refused_with_the_cure()
    {
        await using var provider = Provider(services => services.AddArchicortex(_folder.File()));
        var memories = provider.GetRequiredService<GraphMemories>();
        await memories.GetAsync();
        Assert.That(async () => await memories.GetAsync("bo"), Throws.InvalidOperationException.With.Message.Contains("Put {scope} into the path"));
    }

    [Test]
    public async Task No_more_scopes_are_open_than_allowed()
    {
        await using var provider = Provider(services => services.AddArchicortex(options => (options.Path, options.ScopesMax) = (Template, 2)));
        var memories = provider.GetRequiredService<GraphMemories>();
        await memories.GetAsync("a");
        await memories.GetAsync("b");
        Assert.That(async () => await memories.GetAsync("c"), Throws.InvalidOperationException.With.Message.Contains("ScopesMax is 2"));
    }

    [TestCase("ada", "ada")]
    [TestCase("Ada", "%41da")]
    [TestCase("../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [TestCase("c:\\x", "c%3a%5cx")]
    [TestCase("Zoë", "%5ao%c3%ab")]
    public void A_scope_leads_to_no_other_folder(string scope, string name) => Assert.That(GraphMemories.FileName(scope), Is.EqualTo(name));

    [Test]
    public void Long_scopes_that_begin_alike_have_files_of_their_own()
    {
        var names = Enumerable.Range(0, 50).Select(i => GraphMemories.FileName(new string('ä', 300) + i)).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names.Max(name => name.Length), Is.LessThan(100));
    }

    [Test]
    public async Task An_opening_that_failed_is_tried_again()
    {
        var tries = 0;
        await using var provider = Provider(services => services.AddArchicortex().UseStore((_, scope) =>
            tries++ == 0 ? throw new MemoryStoreException("The disk is away.") : new InMemoryStore(scope)));
        var memories = provider.GetRequiredService<GraphMemories>();
        Assert.That(async () => await memories.GetAsync(), Throws.TypeOf<MemoryStoreException>());
        Assert.That(await memories.GetAsync(), Is.Not.Null);
    }

    [Test]
    public async Task Who_stops_waiting_does_not_stop_the_others()
    {
        var gate = new TaskCompletionSource();
        using var model = new ScriptedEmbeddings(async () => await gate.Task);
        await using var provider = Provider(services => services.AddArchicortex(Template).UseEmbeddingGenerator(_ => model));
        var memories = provider.GetRequiredService<GraphMemories>();
        using var patience = new CancellationTokenSource();
        var first = memories.GetAsync("ada", patience.Token).AsTask();
        var second = memories.GetAsync("ada").AsTask();
        await patience.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        gate.SetResult();
        Assert.That(await second, Is.Not.Null);
    }

    [Test]
    public async Task A_store_of_another_scope_is_refused()
    {
        await using var provider = Provider(services => services.AddArchicortex().UseStore((_, _) => new InMemoryStore("other")));
        Assert.That(
            async () => await provider.GetRequiredService<GraphMemories>().GetAsync("ada"),
            Throws.InvalidOperationException.With.Message.Contains("keeps scope 'other'"));
    }

    [Test]
    public async Task Bad_options_are_told_at_start_and_at_first_use_each_with_value_rule_and_cure()
    {
        await using var provider = Provider(services => services.AddArchicortex(options =>
        {
            options.ScopesMax = 0;
            options.Memory = new() { PassageWordsMax = 5, ModelOptions = new() { TriesMax = 11 } };
        }));
        var atStart = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        var atUse = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<GraphMemories>());
        Assert.That(atUse!.Failures, Is.EqualTo(atStart!.Failures));
        var failures = atUse.Failures.ToList();
        Assert.That(failures, Has.Count.EqualTo(4));
        Assert.That(failures[0], Does.Contain("Path is not set").And.Contain("AddArchicortex(\"notes.archicortex\")"));
        Assert.That(failures[1], Does.Contain("ScopesMax is 0").And.Contain("1 or more"));
        Assert.That(failures[2], Does.Contain("PassageWordsMax must be between 20 and 10000").And.Contain("5").And.Contain("configuration section"));
        Assert.That(failures[3], Does.Contain("TriesMax").And.Contain("11"));
        Assert.That(failures, Has.None.Contains("\n"));
    }

    [Test]
    public async Task A_part_that_is_null_is_told_as_well()
    {
        await using var provider = Provider(services => services.AddArchicortex(options => (options.Path, options.Memory) = ("x", null!)).UseChatClient());
        Assert.That(() => provider.GetRequiredService<GraphMemories>(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Memory is null"));
    }

    [Test]
    public void Configuration_may_write_into_every_part_without_changing_what_others_share()
    {
        var (one, other) = (new ArchicortexOptions(), new ArchicortexOptions());
        Assert.That(one.Memory, Is.Not.SameAs(other.Memory));
        Assert.That(one.Memory.ModelOptions.Budget, Is.Not.SameAs(ModelBudget.Unlimited).And.EqualTo(ModelBudget.Unlimited));
        Assert.That(one.Embedding.Calls.Budget, Is.Not.SameAs(ModelBudget.Unlimited));
    }

    [Test]
    public async Task A_model_that_is_not_registered_is_named()
    {
        await using var provider = Provider(services => services.AddArchicortex(Template).UseChatClient("fast"));
        Assert.That(
            () => provider.GetRequiredService<GraphMemories>(),
            Throws.InvalidOperationException.With.Message.Contains("no IChatClient of the key 'fast' is registered").And.Message.Contains("leave UseChatClient() out"));
    }

    [Test]
    public async Task Registered_models_are_used_whatever_is_configured_later()
    {
        using var chat = ScriptedChatClient.Saying("""{"thought":"It says so.","answer":"Oslo","citations":["1"],"answerable":true}""");
        using var model = new ScriptedEmbeddings();
        await using var provider = Provider(services =>
        {
            services.AddSingleton<IChatClient>(chat).AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(model);
            services.AddArchicortex().UseChatClient().UseEmbeddingGenerator();
            services.Configure<ArchicortexOptions>(options => (options.Path, options.Memory) = (Template, new() { Scope = "ada" }));
        });
        var memory = await provider.GetRequiredService<GraphMemories>().GetAsync();
        await memory.RememberAsync("Ada lives in Oslo.");
        var answer = await memory.AskAsync("Where does Ada live?");
        Assert.That((answer.Text, answer.Source), Is.EqualTo(("Oslo", AnswerSource.Model)));
        Assert.That((await memory.RecallAsync("Ada", new() { Strategy = RecallStrategy.Dense })).Passages, Has.Count.EqualTo(1));
        Assert.That(model.Texts, Does.Contain("Ada lives in Oslo."));
        Assert.That((await memory.GetStatusAsync()).Scope, Is.EqualTo("ada"));
    }

    [Test]
    public async Task Several_memories_stand_side_by_side_by_key()
    {
        await using var provider = Provider(services =>
        {
            services.AddArchicortex(_folder.File("main"));
            services.AddKeyedArchicortex("notes", options => options.Path = _folder.File("notes"));
            services.AddKeyedArchicortex("bad");
        });
        var main = await provider.GetRequiredService<GraphMemories>().GetAsync();
        var notes = await provider.GetRequiredKeyedService<GraphMemories>("notes").GetAsync();
        await notes.RememberAsync("Ada lives in Oslo.");
        Assert.That((await main.RecallAsync("Oslo")).Passages, Is.Empty);
        Assert.That(
            () => provider.GetRequiredKeyedService<GraphMemories>("bad"),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Memories 'bad': ArchicortexOptions.Path is not set"));
    }

    [Test]
    public async Task The_log_and_the_clock_of_the_application_are_used()
    {
        using var log = new RecordedLog();
        var time = new FakeTime();
        await using var provider = Provider(services =>
        {
            services.AddSingleton<ILoggerFactory>(log).AddSingleton<TimeProvider>(time);
            services.AddArchicortex(options => (options.Path, options.Memory) = (Template, new() { Scope = "ada" }));
        });
        var memory = await provider.GetRequiredService<GraphMemories>().GetAsync();
        await memory.RememberAsync("Ada lives in Oslo.");
        using var export = new MemoryStream();
        await memory.ExportAsync(export);
        Assert.That(log.Ids, Does.Contain(100).And.Contain(110));
        Assert.That(System.Text.Encoding.UTF8.GetString(export.ToArray()), Does.Contain("2026-01-01"));
    }

    [Test]
    public async Task A_server_that_speaks_the_protocol_of_OpenAI_answers()
    {
        await using var server = new ScriptedModelServer(_ => new()
        {
            Text = """{"thought":"It says so.","answer":"Oslo","citations":["1"],"answerable":true}""",
        });
        await using var provider = Provider(services =>
        {
            services.AddArchicortex(Template).UseOpenAI(options => options.ChatModel = "scripted");
            services.Configure<OpenAIOptions>(options => options.Endpoint = server.Endpoint);
        });
        var memory = await provider.GetRequiredService<GraphMemories>().GetAsync();
        await memory.RememberAsync("Ada lives in Oslo.");
        Assert.That((await memory.AskAsync("Where does Ada live?")).Text, Is.EqualTo("Oslo"));
    }

    [Test]
    public async Task Bad_options_of_OpenAI_are_told_in_the_same_way()
    {
        await using var provider = Provider(services => services.AddArchicortex(Template).UseOpenAI(options => options.ApiKey = "k"));
        Assert.That(
            () => provider.GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("neither ChatModel nor EmbeddingModel is set"));
        await using var other = Provider(services => services.AddArchicortex(Template).UseOpenAI(options => (options.ChatModel, options.TimeoutMs) = ("m", 0)));
        Assert.That(() => other.GetRequiredService<GraphMemories>(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("TimeoutMs"));
    }

    static ServiceProvider Provider(Action<ServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
