using Archicortex.Documents;
using Archicortex.Recall;
using Archicortex.Testing.Corpora;
using Archicortex.Testing.Oracles;
using NUnit.Framework;

namespace Archicortex.Tests.Recall;

/// <summary>How a question is understood: names, spelling, limits.</summary>
[TestFixture]
sealed class QuestionTests
{
    static readonly Document Quillon = new("The painter Quillon Vantry lived in Oberlund for years.") { Id = "q", Title = "Quillon Vantry" };

    [TestCase("quillom", "quillon", TestName = "A_wrong_letter_is_repaired")]
    [TestCase("quilon", "quillon", TestName = "A_missing_letter_is_repaired")]
    [TestCase("quilllon", "quillon", TestName = "A_doubled_letter_is_repaired")]
    [TestCase("quillno", "quillon", TestName = "Two_swapped_letters_are_repaired")]
    [TestCase("quillonx", "quillon", TestName = "A_letter_too_many_at_the_end_is_repaired")]
    [TestCase("wuillon", null, TestName = "The_first_letter_must_be_right")]
    [TestCase("quilmon1", null, TestName = "A_word_with_a_digit_is_left_alone")]
    [TestCase("qillom", null, TestName = "Two_errors_are_not_repaired")]
    [TestCase("lived", null, TestName = "A_known_word_is_left_alone")]
    [TestCase("live", null, TestName = "A_short_word_is_left_alone")]
    [TestCase("painters", null, TestName = "A_word_of_a_known_stem_is_left_alone")]
    [TestCase("", null, TestName = "No_word_is_left_alone")]
    public void Spelling_is_repaired_by_one_edit(string word, string? expected)
    {
        var view = TestMemory.Of([Quillon]).View;
        Assert.That(new SpellingRepair(view.Vocabulary, view.Lexical, view.Graph).Find(word, -1, -1), Is.EqualTo(expected));
    }

    [Test]
    public void A_word_that_forms_a_name_with_its_neighbour_is_preferred_to_a_more_frequent_one()
    {
        var view = TestMemory.Of([
            Quillon, new("the quillan, the quillan and again the quillan were sold.") { Title = "Market" },
        ]).View;
        Assert.That(ChainRecallTests.Read(view, "did Quillen Vantry live").Corrections.Single().ReadAs, Is.EqualTo("quillon"));
        Assert.That(ChainRecallTests.Read(view, "did quillen live").Corrections.Single().ReadAs, Is.EqualTo("quillan"));
    }

    [Test]
    public void A_stop_word_that_the_memory_does_not_know_is_left_alone()
    {
        var view = TestMemory.Of([new("they were shown Tarn.")]).View;
        Assert.That(ChainRecallTests.Read(view, "where is Tarn?").Corrections, Is.Empty);
    }

    [Test]
    public void A_forgotten_word_is_repaired_like_one_that_was_never_there()
    {
        var memory = TestMemory.Of([Quillon]);
        var passing = new Document("someone wrote quillom here by mistake.") { Id = "passing" };
        memory.Remember(passing);
        memory.Forget(passing);
        Assert.That(ChainRecallTests.Read(memory.View, "where did Quillom live").Corrections, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_forgotten_name_does_not_sway_the_repair()
    {
        Document[] kept = [new("they met the quillon and they met the quillan.") { Id = "a" }, new("once more a quillan.") { Id = "b" }];
        var passing = new Document("they met Quillon Vantry and a vantry once.") { Id = "passing" };
        string Repaired(TestMemory memory) => ChainRecallTests.Read(memory.View, "did quillen vantry live").Corrections.Single().ReadAs;
        var fresh = TestMemory.Of([.. kept, new("the vantry is open.") { Id = "c" }]);
        var used = TestMemory.Of([.. kept, new("the vantry is open.") { Id = "c" }]);
        used.Remember(passing);
        used.Forget(passing);
        Assert.That(used.Views.StateHash(), Is.EqualTo(fresh.Views.StateHash()));
        Assert.That(Repaired(used), Is.EqualTo(Repaired(fresh)));
    }

    [Test]
    public void What_a_writer_adds_after_the_snapshot_does_not_change_how_it_reads_a_question()
    {
        var memory = TestMemory.Of([Quillon]);
        var view = memory.View;
        var before = ChainRecallTests.Read(view, "where did Quillom Vantry live").Corrections.Count;
        memory.Remember(new("someone wrote Quillom here by mistake.") { Id = "later" });
        Assert.That(ChainRecallTests.Read(view, "where did Quillom Vantry live").Corrections.Count, Is.EqualTo(before));
    }

    [TestCase("Where did Quillon Vantry live?", "Quillon Vantry")]
    [TestCase("where did quillon vantry live?", "quillon vantry")]
    [TestCase("Where is OBERLUND?", "OBERLUND")]
    [TestCase("Is Oberlund, home of Quillon  Vantry, far?", "Oberlund|Quillon  Vantry")]
    [TestCase("Was Jose\u0301 of Oberlund there?", "Oberlund")]
    [TestCase("\u0958\u0958\u0958\u0958 Oberlund", "Oberlund")]
    [TestCase("Is it far?", "")]
    public async Task Names_are_returned_as_they_are_written_in_the_question(string question, string expected)
    {
        await using var memory = await GraphMemory.OpenInMemoryAsync();
        await memory.RememberAsync(Quillon);
        await memory.RememberAsync("A passage that is about none of it.");
        var names = (await memory.RecallAsync(question)).Names;
        Assert.That(string.Join('|', names), Is.EqualTo(expected));
    }

    [Test]
    public void Linked_names_and_weights_equal_the_naive_reading([Range(1, 30)] int seed)
    {
        var corpus = new RandomCorpus(seed);
        var documents = corpus.Documents(14);
        var memory = TestMemory.Of(documents);
        var graph = new NaiveGraph(new NaiveMemory(documents.SelectMany(memory.Passages)));
        var lexical = new NaiveLexical(graph.Memory.Passages);
        var view = memory.View;
        for (var i = 0; i < 10; i++)
        {
            var text = corpus.Question();
            var question = ChainRecallTests.Read(view, text);
            var naive = new NaiveQuestion(text, graph, lexical);
            Assert.That(
                question.Linked.Select(link => $"{view.Graph.Text(link.Phrase, view.Vocabulary.Word)} {link.Weight:F10}"),
                Is.EquivalentTo(naive.Linked.Select(link => $"{link.Key} {link.Value:F10}")), $"seed {seed}: {text}");
            Assert.That(question.Stems.Select(view.Vocabulary.Stem), Is.EqualTo(naive.Stems), $"seed {seed}: {text}");
            Assert.That(question.Terms.Select(term => view.Vocabulary.Stem(term.Stem)), Is.EqualTo(naive.Terms), $"seed {seed}: {text}");
        }
    }

    [Test]
    public void Of_more_than_64_terms_the_same_are_kept_whatever_the_order_of_arrival()
    {
        var documents = Enumerable.Range(0, 100).Select(i => new Document($"the w{i}x is here.") { Id = $"d{i}" }).ToList();
        var text = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"w{i}x"));
        IEnumerable<string> Terms(IEnumerable<Document> arriving)
        {
            var view = TestMemory.Of(arriving).View;
            return ChainRecallTests.Read(view, text).Terms.Select(term => view.Vocabulary.Stem(term.Stem)).Order(StringComparer.Ordinal);
        }

        Assert.That(Terms(documents).Count(), Is.EqualTo(Question.TermsMax));
        Assert.That(Terms(Enumerable.Reverse(documents)), Is.EqualTo(Terms(documents)));
    }
}
