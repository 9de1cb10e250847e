using System.Diagnostics;
using System.Text.Json;
using Archicortex.Benchmarks.Quality;
using Archicortex.Facts;
using Archicortex.Facts.Rules;
using Archicortex.Language;

namespace Archicortex.Benchmarks.Facts;

/// <summary>One reading of a corpus by the rules.</summary>
sealed class FactsRun
{
    const int Repeats = 3;

    readonly List<(Fact Fact, FactRule Rule, string Text)> _found = [];

    /// <summary>What was measured, by name.</summary>
    public Dictionary<string, double> Figures { get; } = [];

    public static FactsRun Of(string folder)
    {
        var run = new FactsRun();
        run.LoadLexicon();
        var sources = Sources(folder);
        var extractor = new RuleFactExtractor();
        run.Measure(sources.ConvertAll(source => source.Source), extractor);
        run.Collect(sources, extractor, folder);
        return run;
    }

    /// <summary>Prints facts drawn evenly, with the sentences they were read from.</summary>
    public void PrintSample(int count, string rule)
    {
        var kind = Enum.Parse<FactRule>(rule, ignoreCase: true);
        var facts = _found.Where(found => found.Rule == kind).ToList();
        for (var i = 0; i < Math.Min(count, facts.Count); i++)
        {
            var (fact, _, text) = facts[(int)((long)i * facts.Count / count)];
            var marks = $"{(fact.IsNegated ? " not" : "")}{(fact.IsClosing ? " closing" : "")}{(fact.Modality == FactModality.Asserted ? "" : " " + fact.Modality)}";
            Console.WriteLine($"{fact.Subject} | {fact.Relation} | {fact.Object} [{fact.Confidence}{marks}]");
            Console.WriteLine($"    {text.Substring(fact.Evidence.Start, fact.Evidence.Length).ReplaceLineEndings(" ")}");
        }
    }

    static List<(string Id, FactSource Source)> Sources(string folder)
    {
        var records = EvaluationSet.ReadCorpus(folder);
        var speakers = records.Where(record => record.Document.Speaker is not null).GroupBy(record => record.Group)
            .ToDictionary(group => group.Key, group => group.Select(record => record.Document.Speaker!).Distinct().ToList());
        return records.ConvertAll(record => (record.Id, new FactSource(record.Document.Text)
        {
            Title = record.Document.Title,
            Speaker = record.Document.Speaker,
            Listener = record.Document.Speaker is { } speaker && speakers[record.Group] is { Count: 2 } two ? two.Find(other => other != speaker) : null,
            Time = record.Document.Time,
        }));
    }

    /// <summary>The word list is unpacked at first use; what that costs is told apart from reading.</summary>
    void LoadLexicon()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        Lexicon.Find("word");
        Figures["lexicon load, ms"] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Figures["lexicon memory, MB"] = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024.0);
    }

    void Measure(List<FactSource> sources, RuleFactExtractor extractor)
    {
        var facts = new List<Fact>();
        var best = TimeSpan.MaxValue;
        var sentences = 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            sentences = 0;
            var readings = new List<PassageReading>();
            facts.Clear();
            foreach (var source in sources)
            {
                var reading = new PassageReading();
                reading.Read(RuleFactExtractor.PassageOf(source));
                sentences += reading.Sentences.Count(sentence => sentence.Text.Length > 0);
                readings.Add(reading);
            }

            var start = ThreadCpu.Now;
            for (var i = 0; i < sources.Count; i++)
            {
                extractor.Extract(readings[i], sources[i], facts);
            }

            var spent = ThreadCpu.Now - start;

            best = spent < best ? spent : best;
        }

        Figures["passages"] = sources.Count;
        Figures["sentences"] = sentences;
        Figures["CPU seconds"] = best.TotalSeconds;
        Figures["sentences a second"] = sentences / best.TotalSeconds;
        Figures["facts"] = facts.Count;
    }

    void Collect(List<(string Id, FactSource Source)> sources, RuleFactExtractor extractor, string folder)
    {
        var reading = new PassageReading();
        var pairs = new Dictionary<string, HashSet<(string, string)>>();
        foreach (var (id, source) in sources)
        {
            var (facts, rules) = (new List<Fact>(), new List<FactRule>());
            reading.Read(RuleFactExtractor.PassageOf(source));
            extractor.Extract(reading, source, facts, rules);
            _found.AddRange(facts.Zip(rules, (fact, rule) => (fact, rule, source.Text)));
            pairs[id] = [.. facts.Select(fact => Pair(EntityName.Of(fact.Subject).Key, EntityName.Of(fact.Object).Key))];
        }

        foreach (var rule in Enum.GetValues<FactRule>())
        {
            Figures[$"facts, {rule.ToString().ToLowerInvariant()}"] = _found.Count(found => found.Rule == rule);
        }

        var triples = Path.Combine(folder, "triples.jsonl");
        if (File.Exists(triples))
        {
            Cover(triples, pairs);
        }
    }

    void Cover(string file, Dictionary<string, HashSet<(string, string)>> pairs)
    {
        var (all, covered) = (0, 0);
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            foreach (var triple in json.RootElement.GetProperty("triples").EnumerateArray().Where(triple => triple.GetArrayLength() == 3))
            {
                all++;
                var ends = Pair(EntityName.Of(triple[0].ToString()).Key, EntityName.Of(triple[2].ToString()).Key);
                covered += pairs.TryGetValue(json.RootElement.GetProperty("id").GetString()!, out var known) && known.Contains(ends) ? 1 : 0;
            }
        }

        Figures["pairs of triples.jsonl"] = all;
        Figures["of these found"] = (double)covered / all;
    }

    static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);
}
