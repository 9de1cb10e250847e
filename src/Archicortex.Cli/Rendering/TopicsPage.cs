using System.Globalization;
using Spectre.Console;

namespace Archicortex.Cli.Rendering;

/// <summary>The tree of topics on the terminal: unfolded nodes with what lies below, folded ones with how much does.</summary>
static class TopicsPage
{
    const int Indent = 3;
    const int SummaryCharsMax = 220;
    const int SnippetCharsMax = 90;
    const int PassagesShown = 5;
    const string Unfolded = "▾";
    const string Folded = "▸";

    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);
    static readonly Style Name = new(Color.Yellow);

    public static void Write(IAnsiConsole page, IReadOnlyList<TopicTreeNode> topics)
    {
        foreach (var topic in topics)
        {
            Write(page, topic, 0);
        }
    }

    /// <summary>A topic in a line: number, passages, name.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="passages">Passages below it.</param>
    /// <param name="summary">What it is about.</param>
    public static Paragraph Line(int node, int passages, TopicSummary summary) => new Paragraph()
        .Append(string.Create(CultureInfo.InvariantCulture, $"#{node} "), Quiet)
        .Append(summary.Title.Length == 0 ? "(no name)" : Shell.Short(summary.Title, 120), Strong)
        .Append(string.Create(CultureInfo.InvariantCulture, $"  {Passages(passages)}"), Quiet);

    static void Write(IAnsiConsole page, TopicTreeNode topic, int level)
    {
        var head = new Paragraph().Append((topic.IsFolded ? Folded : Unfolded) + " ", Name);
        var name = topic.Node == 0 ? "All of the memory: " : "";
        head.Append(string.Create(CultureInfo.InvariantCulture, $"#{topic.Node} "), Quiet)
            .Append(name + (topic.Summary.Title.Length == 0 ? "(no name)" : Shell.Short(topic.Summary.Title, 120)), Strong)
            .Append(string.Create(CultureInfo.InvariantCulture, $"  {Passages(topic.PassageCount)}"), Quiet);
        if (topic.IsFolded && topic.TopicCount > 0)
        {
            head.Append(string.Create(CultureInfo.InvariantCulture, $", {topic.TopicCount} topics below"), Quiet);
        }

        WriteIndented(page, head, level);
        if (topic.Summary.Text.Length > 0)
        {
            var written = topic.Summary.Writer is { } writer ? $" (written by {writer})" : "";
            WriteIndented(page, new Text(Shell.Short(topic.Summary.Text, SummaryCharsMax) + written, Quiet), level, 2);
        }

        foreach (var below in topic.Topics)
        {
            Write(page, below, level + 1);
        }

        foreach (var passage in topic.Passages.Take(PassagesShown))
        {
            WriteIndented(page, new Paragraph().Append("· ", Quiet).Append(Snippet(passage)), level + 1);
        }

        if (topic.Passages.Count > PassagesShown)
        {
            var more = topic.Passages.Count - PassagesShown;
            WriteIndented(page, new Text(string.Create(CultureInfo.InvariantCulture, $"· {Passages(more)} more"), Quiet), level + 1);
        }
    }

    static string Snippet(TopicTreePassage passage)
    {
        var name = passage.Document.Title ?? passage.Document.Speaker;
        return Shell.Short(name is null ? passage.Text : $"{name}: {passage.Text}", SnippetCharsMax);
    }

    static string Passages(int count) => count == 1 ? "1 passage" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} passages");

    static void WriteIndented(IAnsiConsole page, Spectre.Console.Rendering.IRenderable content, int level, int more = 0) =>
        page.Write(new Padder(content, new Padding((level * Indent) + more, 0, 0, 0)));
}
