using Archicortex.Documents;
using Archicortex.Facts;
using Archicortex.Recall;

namespace Archicortex;

public sealed partial class GraphMemory
{
    const int CuePassages = 3;
    const int CueNames = 5;

    // Less of the question than this is not worth a step of its own.
    const double MissingShareMin = 0.05;

    /// <summary>Starts to follow a question over several recalls.</summary>
    /// <param name="question">What is asked, in words.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The question is empty or too long.</exception>
    public RecallSession StartSession(string question, SessionOptions? options = null)
    {
        CheckQuestion(question, nameof(question));
        options ??= new();
        options.Check();
        var model = options.WithoutModel ? null : Model;
        return new RecallSession(this, question, options, model?.Under(options.Budget ?? model.Budget));
    }

    /// <summary>
    /// What to ask next: words of the question that no passage recalled has, and rare names of the best passages that were
    /// not asked for yet. Null if there are neither.
    /// </summary>
    internal string? CueAfter(string question, Recollection recalled, HashSet<string> asked)
    {
        var view = _view;
        var read = Question.Read(question, view.Vocabulary, view.Lexical, view.Graph);
        var covered = recalled.Passages.SelectMany(passage => view.Vocabulary.StemsIn($"{passage.Document.Title}\n{passage.Text}")).ToHashSet();
        var missing = read.Terms.Where(term => !covered.Contains(term.Stem)).ToArray();
        var share = missing.Sum(term => term.Idf) / Math.Max(1e-9, read.Terms.Sum(term => term.Idf));
        var names = recalled.Passages.Take(CuePassages).SelectMany(NamesOf)
            .DistinctBy(name => EntityName.Of(name).Key)
            .Where(name => !asked.Any(cue => cue.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => (Name: name, Rarity: RarityOf(view, name)))
            .OrderByDescending(one => one.Rarity).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Take(CueNames).Select(one => one.Name).ToList();
        var words = share >= MissingShareMin ? missing.Select(term => view.Vocabulary.Stem(term.Stem)) : [];
        var cue = string.Join(' ', words.Concat(names));
        return cue.Length == 0 || asked.Contains(cue) ? null : cue;
    }

    static IEnumerable<string> NamesOf(RecalledPassage recalled)
    {
        var reading = new PassageReading();
        var passage = new Passage(recalled.PassageId, recalled.DocumentId, recalled.Document, recalled.Span, recalled.Section);
        reading.Read(passage);
        return reading.Names.Select(name => string.Join(' ', Enumerable.Range(name.Start, name.Count)
            .Select(at => reading.Buffer.Folded(reading.Buffer[at]).ToString()))).ToList();
    }

    static double RarityOf(RecallView view, string name)
    {
        var linked = Question.Read(name, view.Vocabulary, view.Lexical, view.Graph).Linked;
        return linked.Length == 0 ? 0 : linked.Max(link => view.Graph.Pidf(link.Phrase));
    }
}
