namespace Archicortex.Documents;

/// <summary>A statement given with a document by whoever wrote it, e.g. a line of a knowledge graph.</summary>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Relation">How the two belong together.</param>
/// <param name="Object">The other end.</param>
public sealed record Triple(string Subject, string Relation, string Object)
{
    /// <summary>The triple as a text, for a document that says nothing else.</summary>
    public string ToText() => string.Join(' ', Words(Subject), Words(Relation), Words(Object));

    /// <summary>Which of some texts names most of it; the first of equals.</summary>
    internal int BestOf(IReadOnlyList<string> texts)
    {
        var (best, most) = (0, 0);
        for (var i = 0; i < texts.Count && texts.Count > 1; i++)
        {
            var named = Names(texts[i], Subject) + Names(texts[i], Object);
            (best, most) = named > most ? (i, named) : (best, most);
        }

        return best;
    }

    static int Names(string text, string name) => text.Contains(Words(name), StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    // Knowledge graphs write spaces as underscores.
    static string Words(string name) => name.Replace('_', ' ').Trim();
}
