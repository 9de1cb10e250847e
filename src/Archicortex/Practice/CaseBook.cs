using System.Collections.Immutable;
using Archicortex.Facts;
using Archicortex.Numerics;

namespace Archicortex.Practice;

/// <summary>The procedural memory: cases, and the concepts that rest on them.</summary>
/// <remarks>
/// A value, as the tree of tasks is: applying a change gives another book, in O(log n) (forgetting a case looks through the
/// concepts). What a change may be is said by <see cref="CaseRules"/>.
/// </remarks>
sealed class CaseBook
{
    public static readonly CaseBook Empty = new(
        ImmutableSortedDictionary.Create<string, KnownCase>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, KnownConcept>(StringComparer.Ordinal));

    readonly ImmutableSortedDictionary<string, KnownCase> _cases;

    // By the form in which names are compared.
    readonly ImmutableSortedDictionary<string, KnownConcept> _concepts;

    CaseBook(ImmutableSortedDictionary<string, KnownCase> cases, ImmutableSortedDictionary<string, KnownConcept> concepts) =>
        (_cases, _concepts) = (cases, concepts);

    public int Count => _cases.Count;

    public int ConceptCount => _concepts.Count;

    /// <summary>All cases, in ordinal order of their ids.</summary>
    public IEnumerable<KnownCase> Cases => _cases.Values;

    /// <summary>All concepts, in ordinal order of their names as they are compared.</summary>
    public IEnumerable<KnownConcept> Concepts => _concepts.Values;

    public KnownCase? Find(string id) => _cases.GetValueOrDefault(id);

    public KnownConcept? FindConcept(string name) => _concepts.GetValueOrDefault(EntityName.Of(name).Key);

    /// <summary>The id of a case: the same situation and the same attempt are the same case.</summary>
    public static string IdOf(string situation, string tried)
    {
        using var hash = new ContentHash("case");
        return "case-" + hash.Add(situation).Add(tried).Id().ToString("x32", System.Globalization.CultureInfo.InvariantCulture)[..12];
    }

    public CaseBook Apply(CaseChange change, DateTimeOffset at) => change.Action switch
    {
        CaseAction.Remember => new(_cases.SetItem(change.Id, Remembered(change, at)), _concepts),
        CaseAction.Use => new(_cases.SetItem(change.Id, Used(_cases[change.Id], change)), _concepts),
        CaseAction.Forget => Forget(change.Id),
        CaseAction.Name => new(_cases, _concepts.SetItem(EntityName.Of(change.Id).Key, Named(change, at))),
        _ => new(_cases, _concepts.Remove(EntityName.Of(change.Id).Key)),
    };

    KnownCase Remembered(CaseChange change, DateTimeOffset at)
    {
        var known = Find(change.Id) ?? new KnownCase { Id = change.Id, Situation = change.Situation!, Tried = change.Tried!, Outcome = "", RememberedAt = at };
        return known with
        {
            Outcome = change.Outcome!,
            Reward = change.Reward!.Value,
            Tags = change.Tags ?? [],
            Task = change.Task ?? known.Task,
            Version = change.Version,
        };
    }

    static KnownCase Used(KnownCase known, CaseChange change) => known with
    {
        Shown = known.Shown + 1,
        Helped = known.Helped + (change.Helped!.Value ? 1 : 0),
        Version = change.Version,
    };

    KnownConcept Named(CaseChange change, DateTimeOffset at)
    {
        var version = new ConceptVersion(change.Description!, change.Cases!, at);
        return FindConcept(change.Id) is { } known
            ? known with { Versions = [.. known.Versions, version] }
            : new KnownConcept { Name = change.Id, Versions = [version] };
    }

    CaseBook Forget(string id)
    {
        var concepts = _concepts;
        foreach (var (key, concept) in _concepts)
        {
            if (concept.Versions.Any(version => version.Cases.Contains(id)))
            {
                concepts = concepts.SetItem(key, concept with
                {
                    Versions = [.. concept.Versions.Select(version => version with { Cases = [.. version.Cases.Where(one => one != id)] })],
                });
            }
        }

        return new(_cases.Remove(id), concepts);
    }

    /// <summary>Everything that can be seen, in an order that does not depend on how it came about.</summary>
    public void AddState(ContentHash hash)
    {
        if (Count + ConceptCount == 0)
        {
            return;
        }

        hash.Add("cases").Add(Count).Add(ConceptCount);
        foreach (var one in Cases)
        {
            hash.Add(one.Id).Add(one.Situation).Add(one.Tried).Add(one.Outcome).Add(BitConverter.DoubleToInt64Bits(one.Reward)).Add(one.Task)
                .Add(one.Version).Add(one.Shown).Add(one.Helped).Add(one.Tags.Count);
            foreach (var tag in one.Tags)
            {
                hash.Add(tag);
            }
        }

        foreach (var concept in Concepts)
        {
            hash.Add(concept.Name).Add(concept.Version);
            foreach (var version in concept.Versions)
            {
                hash.Add(version.Description).Add(version.Cases.Count);
                foreach (var id in version.Cases)
                {
                    hash.Add(id);
                }
            }
        }
    }

    public void Save(BlockWriter writer)
    {
        writer.Write(Count);
        foreach (var one in Cases)
        {
            writer.Write(one.Id);
            writer.Write(one.Situation);
            writer.Write(one.Tried);
            writer.Write(one.Outcome);
            writer.Write(one.Task);
            writer.Write(one.Reward);
            writer.Write((one.Version, one.Shown, one.Helped));
            writer.Write((one.RememberedAt.Ticks, one.RememberedAt.Offset.Ticks));
            Save(writer, one.Tags);
        }

        writer.Write(ConceptCount);
        foreach (var concept in Concepts)
        {
            writer.Write(concept.Name);
            writer.Write(concept.Version);
            foreach (var version in concept.Versions)
            {
                writer.Write(version.Description);
                writer.Write((version.At.Ticks, version.At.Offset.Ticks));
                Save(writer, version.Cases);
            }
        }
    }

    public static CaseBook Load(BlockReader reader)
    {
        var (cases, concepts) = (Empty._cases.ToBuilder(), Empty._concepts.ToBuilder());
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var (id, situation, tried, outcome, task) = (reader.ReadText()!, reader.ReadText()!, reader.ReadText()!, reader.ReadText()!, reader.ReadText());
            var reward = reader.Read<double>();
            var (version, shown, helped) = reader.Read<(int, int, int)>();
            var at = LoadTime(reader);
            cases.Add(id, new KnownCase
            {
                Id = id, Situation = situation, Tried = tried, Outcome = outcome, Reward = reward, Task = task,
                Version = version, Shown = shown, Helped = helped, RememberedAt = at, Tags = LoadTexts(reader),
            });
        }

        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var name = reader.ReadText()!;
            var versions = new ConceptVersion[reader.ReadInt()];
            for (var i = 0; i < versions.Length; i++)
            {
                var description = reader.ReadText()!;
                var at = LoadTime(reader);
                versions[i] = new(description, LoadTexts(reader), at);
            }

            concepts.Add(EntityName.Of(name).Key, new KnownConcept { Name = name, Versions = versions });
        }

        return new(cases.ToImmutable(), concepts.ToImmutable());
    }

    static void Save(BlockWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    static string[] LoadTexts(BlockReader reader)
    {
        var texts = new string[reader.ReadInt()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadText()!;
        }

        return texts;
    }

    static DateTimeOffset LoadTime(BlockReader reader)
    {
        var (ticks, offset) = reader.Read<(long, long)>();
        return new(ticks, new TimeSpan(offset));
    }
}
