using System.Collections.Immutable;
using Archicortex.Numerics;

namespace Archicortex.Practice;

/// <summary>The tree as bytes and back, sequence numbers included: what they decide must come out the same.</summary>
sealed partial class TaskTree
{
    public void Save(BlockWriter writer)
    {
        Save(writer, Roots);
        writer.Write(Count);
        foreach (var task in _tasks.Values)
        {
            writer.Write(task.Id);
            writer.Write(task.Goal);
            writer.Write(task.StartedAs);
            writer.Write(task.Parent);
            writer.Write((task.Version, (int)task.State, task.IsPinned ? 1 : 0));
            Save(writer, task.DependsOn.ConvertAll(one => one.Id));
            writer.Write<long>(task.DependsOn.Select(one => one.Since).ToArray());
            Save(writer, [.. task.Inputs.SelectMany(one => new[] { one.Key, one.Value })]);
            Save(writer, [.. task.Outputs.SelectMany(one => new[] { one.Key, one.Value })]);
            Save(writer, task.Notes);
            Save(writer, task.Steps);
            var (started, changed) = (task.StartedAt, task.ChangedAt);
            writer.Write<long>([task.RevisedAt, task.CheckedAt, started.Ticks, started.Offset.Ticks, changed.Ticks, changed.Offset.Ticks]);
        }
    }

    public static TaskTree Load(BlockReader reader)
    {
        var roots = LoadTexts(reader);
        var tasks = Empty._tasks.ToBuilder();
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var (id, goal, startedAs, parent) = (reader.ReadText()!, reader.ReadText()!, reader.ReadText()!, reader.ReadText());
            var (version, state, isPinned) = reader.Read<(int, int, int)>();
            var ids = LoadTexts(reader);
            var since = reader.ReadArray<long>();
            var (inputs, outputs) = (LoadArtifacts(reader), LoadArtifacts(reader));
            var (notes, steps) = (LoadTexts(reader), LoadTexts(reader));
            var times = reader.ReadArray<long>();
            tasks.Add(id, new TaskEntry(id, goal, parent)
            {
                StartedAs = startedAs,
                Version = version,
                State = (TaskState)state,
                IsPinned = isPinned != 0,
                DependsOn = [.. ids.Select((one, i) => new Dependency(one, since[i]))],
                Inputs = inputs,
                Outputs = outputs,
                Notes = notes,
                Steps = steps,
                RevisedAt = times[0],
                CheckedAt = times[1],
                StartedAt = new(times[2], new TimeSpan(times[3])),
                ChangedAt = new(times[4], new TimeSpan(times[5])),
            });
        }

        return new(tasks.ToImmutable(), roots);
    }

    static void Save(BlockWriter writer, ImmutableList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    static ImmutableList<string> LoadTexts(BlockReader reader)
    {
        var texts = ImmutableList.CreateBuilder<string>();
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            texts.Add(reader.ReadText()!);
        }

        return texts.ToImmutable();
    }

    static ImmutableSortedDictionary<string, string> LoadArtifacts(BlockReader reader)
    {
        var texts = LoadTexts(reader);
        var artifacts = TaskEntry.Nothing.ToBuilder();
        for (var i = 0; i < texts.Count; i += 2)
        {
            artifacts.Add(texts[i], texts[i + 1]);
        }

        return artifacts.ToImmutable();
    }
}
