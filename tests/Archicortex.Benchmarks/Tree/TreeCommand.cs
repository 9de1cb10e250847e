using System.CommandLine;
using System.Globalization;
using Archicortex.Hierarchy;

namespace Archicortex.Benchmarks.Tree;

/// <summary>The <c>tree</c> command: what it costs to put passages into the tree of topics, and what tree comes of it.</summary>
/// <remarks>Texts are made up: words are drawn from a topic's own and from all, by a rank-frequency law, as in texts.</remarks>
static class TreeCommand
{
    const int WarmUp = 2000;

    public static Command Create()
    {
        var passages = new Option<int>("--passages") { Description = "Passages to put in.", DefaultValueFactory = _ => 100_000 };
        var topics = new Option<int>("--topics") { Description = "Topics they are about.", DefaultValueFactory = _ => 400 };
        var command = new Command("tree", "Puts made-up passages into the tree of topics and says what each cost.") { passages, topics };
        command.SetAction(parsed => Run(parsed.GetValue(passages), parsed.GetValue(topics)));
        return command;
    }

    static void Run(int count, int topics)
    {
        var text = new InventedTopics(topics);
        var features = new TopicFeatures();
        Grow(WarmUp, index => features.Of(text.Passage(index)), null);
        var vectors = Enumerable.Range(0, count).Select(index => features.Of(text.Passage(index))).ToArray();
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        var costs = new Costs(count);
        var tree = Grow(count, index => vectors[index], costs);
        var bytes = (GC.GetTotalMemory(true) - before) / (double)count;
        Print(tree.Freeze(), costs, bytes);
        GC.KeepAlive(vectors);
    }

    static TopicTree Grow(int count, Func<int, TopicVector> vectorOf, Costs? costs)
    {
        var tree = new TopicTree();
        for (var index = 0; index < count; index++)
        {
            var vector = vectorOf(index);
            var started = CpuMicroseconds();
            tree.Add(index, (UInt128)(index + 1), vector);
            if (costs is not null)
            {
                costs.Microseconds[index] = CpuMicroseconds() - started;
                costs.Touched[index] = tree.Touched;
            }

            if (index % 64 == 63)
            {
                // As the door does after a batch: readers get a frozen tree, and the next change copies what it writes.
                var view = tree.Freeze();
                if (costs is not null)
                {
                    costs.Path[index] = view.DepthOf(view.ParentOf(index)) + 1;
                }
            }
        }

        return tree;
    }

    static void Print(TopicSnapshot tree, Costs costs, double bytes)
    {
        var depths = new List<int>();
        var branches = new List<int>();
        Walk(tree, TopicTree.Root, 0, depths, branches);
        Array.Sort(costs.Microseconds);
        var asked = Enumerable.Range(0, costs.Path.Length).Where(index => costs.Path[index] > 0).ToList();
        Write($"{depths.Count} passages, {branches.Count} topics; {bytes:0} bytes a passage");
        Write($"insertion, processor time: p50 {At(costs.Microseconds, .5):0.0} µs, p99 {At(costs.Microseconds, .99):0.0} µs, p99.9 {At(costs.Microseconds, .999):0.0} µs");
        var more = asked.Where(index => costs.Touched[index] > costs.Path[index]).ToList();
        Write($"nodes written: as many as lie on the way to the root in {(asked.Count - more.Count) * 100.0 / asked.Count:0.0} % of {asked.Count} insertions");
        Write($"in the others {more.Select(index => costs.Touched[index] - costs.Path[index]).DefaultIfEmpty().Max()} more, above two siblings put together");
        Write($"depth: mean {depths.Average():0.0}, most {depths.Max()}; children: mean {branches.Average():0.0}, most {branches.Max()}");
    }

    static void Walk(TopicSnapshot tree, int node, int depth, List<int> depths, List<int> branches)
    {
        branches.Add(tree.Children(node).Length);
        foreach (var child in tree.Children(node))
        {
            if (TopicChild.IsLeaf(child))
            {
                depths.Add(depth + 1);
            }
            else
            {
                Walk(tree, child, depth + 1, depths, branches);
            }
        }
    }

    static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Processor time of the process: other processes do not show in it, the collector does.</summary>
    static double CpuMicroseconds() => Environment.CpuUsage.TotalTime.TotalMicroseconds;

    sealed class Costs(int count)
    {
        public double[] Microseconds { get; } = new double[count];

        public int[] Touched { get; } = new int[count];

        /// <summary>Nodes from the passage up to the root, where it was looked at.</summary>
        public int[] Path { get; } = new int[count];
    }
}
