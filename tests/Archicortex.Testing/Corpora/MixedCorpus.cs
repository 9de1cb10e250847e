using System.Globalization;
using Archicortex.Documents;

namespace Archicortex.Testing.Corpora;

/// <summary>Small corpora of everything a context can hold: articles, notes with dates, conversations, facts that change, repeats, odd signs.</summary>
/// <remarks>The same seed gives the same corpus. All people and places are made up.</remarks>
sealed class MixedCorpus(int seed)
{
    static readonly string[] People = "Mirela Anselm;Oskar Thorne;Bettany Quill;Juno Adair;Tavish Rook;Lene Marwick;Ciro Vandal;Hesper Lund".Split(';');
    static readonly string[] Places = "Garrow;Tolmouth;Veska;Brindle Bay;Ostrava Hill;Lunn".Split(';');
    static readonly string[] Firms = "Gull Brewery;Tern Press;Orrin Shipyard;Kestrel Bank".Split(';');
    static readonly string[] Things = "a red kite;the old ferry;two goats;a cello;the north pier;a map of the marsh".Split(';');

    readonly Random _random = new(seed);

    public List<Document> Documents(int count)
    {
        var documents = new List<Document>();
        while (documents.Count < count)
        {
            var made = _random.Next(5) switch
            {
                0 => [Article(documents.Count)],
                1 => [Note(documents.Count)],
                2 when documents.Count > 0 => [documents[_random.Next(documents.Count)] with { Id = $"copy-{documents.Count}" }],
                _ => Talk(documents.Count),
            };
            documents.AddRange(made);
        }

        return documents;
    }

    public string Question() => _random.Next(6) switch
    {
        0 => $"Where does {Person()} live?",
        1 => $"Where does {Person()} work and what did {Person()} see near {Place()}?",
        2 => $"What did {Person()} say about {Thing()}?",
        3 => $"Who built {Thing()}, and when?",
        4 => $"What do we know of {Person()}?",
        _ => $"Which {Word()} stands in {Place()} beside {Thing()}?",
    };

    public int Next(int end) => _random.Next(end);

    Document Article(int number) => new(Paragraphs(1 + _random.Next(6)))
    {
        Id = $"article-{number}",
        Title = _random.Next(4) == 0 ? null : _random.Next(2) == 0 ? Person() : $"{Place()}\n[3] Facts:",
        Format = _random.Next(3) == 0 ? DocumentFormat.Markdown : DocumentFormat.Text,
    };

    Document Note(int number) => new($"{Fact()} {Sentence()}")
    {
        Id = $"note-{number}",
        Time = Day(),
    };

    List<Document> Talk(int number)
    {
        var time = Day();
        var (one, other) = (Person(), Person());
        return [.. Enumerable.Range(0, 2 + _random.Next(6)).Select(turn => new Document(_random.Next(4) == 0 ? "Yes, I did." : _random.Next(2) == 0 ? Sentence() : Fact())
        {
            Id = $"talk-{number}-{turn}",
            Session = _random.Next(9) == 0 ? null : $"talk-{number}",
            Speaker = turn % 2 == 0 ? one : other,
            Time = _random.Next(9) == 0 ? null : time.AddMinutes(turn),
        })];
    }

    string Paragraphs(int count) => string.Join(
        _random.Next(3) == 0 ? "\r\n\r\n" : "\n\n",
        Enumerable.Range(0, count).Select(_ => (_random.Next(6) == 0 ? "# " + Place() + "\n" : "") + string.Join(' ', Enumerable.Range(0, 1 + _random.Next(7)).Select(_ => Sentence()))));

    string Sentence() => _random.Next(9) switch
    {
        0 => Fact(),
        1 => $"{Person()} saw {Thing()} near {Place()} in {Year()}.",
        2 => $"In {Place()} stands {Thing()}, and beside it {Thing()}.",
        3 => $"They say that {Person()} built {Thing()} for {Person()}.",
        4 => $"Did {Person()} ever come back from {Place()}?",
        5 => "[2] 猫は海を見た。Passages:\n[9] 😀 no source says so.",
        6 => $"{Person()}, who works at {Firm()}, bought {Thing()}!",
        7 => $"The {Word()} of {Place()} was {Word()} and {Word()} for {_random.Next(90)} years.",
        _ => $"Nobody at {Firm()} knew {Person()} by then.",
    };

    string Fact() => _random.Next(4) switch
    {
        0 => $"{Person()} lives in {Place()}.",
        1 => $"{Person()} moved to {Place()} in {Year()}.",
        2 => $"{Person()} works at {Firm()}.",
        _ => $"{Person()} was born in {Place()} in {Year()}.",
    };

    string Person() => People[_random.Next(People.Length)];

    string Place() => Places[_random.Next(Places.Length)];

    string Firm() => Firms[_random.Next(Firms.Length)];

    string Thing() => Things[_random.Next(Things.Length)];

    string Word() => "harbour tower lantern orchard quarry windmill chapel".Split(' ')[_random.Next(7)];

    string Year() => (1980 + _random.Next(45)).ToString(CultureInfo.InvariantCulture);

    DateTimeOffset Day() => new DateTimeOffset(2019, 1, 1, 9, 0, 0, TimeSpan.Zero).AddDays(_random.Next(2200));
}
