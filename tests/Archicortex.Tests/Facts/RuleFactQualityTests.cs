using Archicortex.Facts;
using Archicortex.Facts.Rules;
using NUnit.Framework;

namespace Archicortex.Tests.Facts;

/// <summary>How much of what the rules find is right, and how much of what is there they find, on sentences labelled by hand.</summary>
[TestFixture]
sealed class RuleFactQualityTests
{
    [TestCase("LabelledFacts.Development.txt")]
    [TestCase("LabelledFacts.HeldOut.txt")]
    public void Typed_facts_are_mostly_right(string file)
    {
        var sentences = LabelledSentence.Read(file);
        Assert.That(sentences, Has.Count.GreaterThan(100));
        var extractor = new RuleFactExtractor();
        var found = sentences.ConvertAll(sentence => Extract(extractor, sentence.Source));
        TestContext.Out.WriteLine($"{file}: {sentences.Count} sentences");
        foreach (var rule in Enum.GetValues<FactRule>())
        {
            var score = Score(sentences, found, rule);
            TestContext.Out.WriteLine($"  {rule,-8} precision {score.Precision:0.000} ({score.Right}/{score.Emitted}), recall {score.Recall:0.000} ({score.Met}/{score.Labelled})");
        }

        if (file.Contains("Development", StringComparison.Ordinal))
        {
            // Of the held-out sentences only the figures are shown: who reads the differences begins to tune on them.
            TestContext.Out.WriteLine(Differences(sentences, found));
        }

        Assert.That(Score(sentences, found, FactRule.Typed).Precision, Is.GreaterThanOrEqualTo(.85));
        Assert.That(Score(sentences, found, FactRule.Typed).Recall, Is.GreaterThanOrEqualTo(.8));
        Assert.That(Score(sentences, found, FactRule.Nominal).Precision, Is.GreaterThanOrEqualTo(.75));
        Assert.That(Score(sentences, found, FactRule.Generic).Precision, Is.GreaterThanOrEqualTo(.45));
    }

    static List<(Fact Fact, FactRule Rule)> Extract(RuleFactExtractor extractor, FactSource source)
    {
        var reading = new PassageReading();
        reading.Read(RuleFactExtractor.PassageOf(source));
        var (facts, rules) = (new List<Fact>(), new List<FactRule>());
        extractor.Extract(reading, source, facts, rules);
        return [.. facts.Zip(rules)];
    }

    sealed record Counts(int Right, int Emitted, int Met, int Labelled)
    {
        public double Precision => Emitted == 0 ? 1 : (double)Right / Emitted;

        public double Recall => Labelled == 0 ? 1 : (double)Met / Labelled;
    }

    static Counts Score(List<LabelledSentence> sentences, List<List<(Fact Fact, FactRule Rule)>> found, FactRule rule)
    {
        var (right, emitted, met, labelled) = (0, 0, 0, 0);
        foreach (var (sentence, facts) in sentences.Zip(found))
        {
            var mine = facts.Where(fact => fact.Rule == rule).ToList();
            emitted += mine.Count;
            right += mine.Count(fact => IsLabelled(sentence, fact.Fact));
            var expected = sentence.Facts.Where(fact => fact.Rule == rule).ToList();
            labelled += expected.Count;
            met += expected.Count(label => facts.Exists(fact => LabelledSentence.KeyOf(fact.Fact) == label.Key));
        }

        return new Counts(right, emitted, met, labelled);
    }

    static bool IsLabelled(LabelledSentence sentence, Fact fact) => sentence.Facts.Any(
        label => label.Key == LabelledSentence.KeyOf(fact) && label.Marks == LabelledSentence.MarksOf(fact));

    static string Differences(List<LabelledSentence> sentences, List<List<(Fact Fact, FactRule Rule)>> found)
    {
        var lines = new List<string>();
        foreach (var (sentence, facts) in sentences.Zip(found))
        {
            var wrong = facts.Where(fact => !IsLabelled(sentence, fact.Fact)).Select(fact => $"  - {fact.Rule} {LabelledSentence.KeyOf(fact.Fact)} [{LabelledSentence.MarksOf(fact.Fact)}]");
            var missed = sentence.Facts.Where(label => !facts.Exists(fact => LabelledSentence.KeyOf(fact.Fact) == label.Key)).Select(label => $"  + {label.Rule} {label.Key}");
            var all = wrong.Concat(missed).ToList();
            if (all.Count > 0)
            {
                lines.Add(sentence.Source.Text);
                lines.AddRange(all);
            }
        }

        return string.Join('\n', lines);
    }
}
