using System.Globalization;
using Archicortex.Facts;
using Archicortex.Facts.Rules;

namespace Archicortex.Tests.Facts;

/// <summary>A fact a sentence states.</summary>
/// <param name="Key">Subject, relation, object and polarity, in the form in which they are compared.</param>
/// <param name="Marks">Beside the polarity: hedged, planned, closing, attributed.</param>
/// <param name="Rule">Which family of rules should find it.</param>
sealed record LabelledFact(string Key, string Marks, FactRule Rule);

/// <summary>A sentence by hand: what it says, and all the facts it states.</summary>
/// <param name="Source">The sentence with its context.</param>
/// <param name="Part">The part of the file it stands in: "held-out chat".</param>
/// <param name="Facts">Its facts; may be none.</param>
sealed record LabelledSentence(FactSource Source, string Part, IReadOnlyList<LabelledFact> Facts)
{
    /// <summary>The sentences of a file that stands beside this one.</summary>
    public static List<LabelledSentence> Read(string name)
    {
        var folder = Path.Combine(House.Repository.Root, "tests", "Archicortex.Tests", "Facts");
        var sentences = new List<LabelledSentence>();
        var (part, context, own) = ("", "", "");
        FactSource? source = null;
        var facts = new List<LabelledFact>();
        foreach (var line in File.ReadLines(Path.Combine(folder, name)).Append(""))
        {
            if (line.Length == 0)
            {
                if (source is not null)
                {
                    sentences.Add(new LabelledSentence(source, part, [.. facts]));
                }

                (source, own) = (null, "");
                facts.Clear();
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                (part, context) = (line[3..], "");
            }
            else if (line[0] == '@')
            {
                (own, context) = line.Contains("speaker", StringComparison.Ordinal) ? ("", line[1..]) : (line[1..], context);
            }
            else if (line[0] is '=' or '+' or '~')
            {
                facts.Add(ReadFact(line));
            }
            else if (line[0] != '#')
            {
                source = With(new FactSource(line), $"{context};{own}");
            }
        }

        return sentences;
    }

    /// <summary>How a fact is compared: names by their key, whatever article or case.</summary>
    public static string KeyOf(Fact fact) => Key(fact.Subject, fact.Relation, fact.Object, fact.IsNegated);

    public static string MarksOf(Fact fact) => string.Join(' ', new[]
    {
        fact.IsClosing ? "closing" : "",
        fact.Modality == FactModality.Asserted ? "" : fact.Modality.ToString().ToLowerInvariant(),
    }.Where(mark => mark.Length > 0));

    static string Key(string subject, string relation, string other, bool negated) =>
        $"{EntityName.Of(subject).Key} | {relation} | {EntityName.Of(other).Key}{(negated ? " | not" : "")}";

    static LabelledFact ReadFact(string line)
    {
        var cells = line[1..].Split('|', StringSplitOptions.TrimEntries);
        var marks = (cells.ElementAtOrDefault(3) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var negated = marks.Remove("not");
        var rule = line[0] switch { '=' => FactRule.Typed, '+' => FactRule.Nominal, _ => FactRule.Generic };
        return new LabelledFact(Key(cells[0], cells[1], cells[2], negated), string.Join(' ', marks), rule);
    }

    static FactSource With(FactSource source, string context)
    {
        foreach (var item in context.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = item.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (item[..colon], item[(colon + 1)..].Trim());
            source = name switch
            {
                "title" => source with { Title = value },
                "speaker" => source with { Speaker = value },
                "listener" => source with { Listener = value },
                "day" => source with { Time = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) },
                _ => throw new InvalidOperationException($"'{item}' is no context."),
            };
        }

        return source;
    }
}
