using System.Globalization;
using Archicortex.Language;

namespace Archicortex.Revisions;

/// <summary>Two lists of records, read: words as numbers, how rare each is in its field, which fields are amounts.</summary>
sealed class RecordTable
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string> _words = [];
    readonly List<int[][]> _wordsOf = [];
    readonly List<double?[]> _amounts = [];
    readonly Dictionary<int, int>[] _counts;
    readonly bool[] _isAmount;

    public RecordTable(IReadOnlyList<EntityCard> left, IReadOnlyList<EntityCard> right)
    {
        Fields = [.. left.Concat(right).SelectMany(record => record.Fields.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _counts = [.. Fields.Select(_ => new Dictionary<int, int>())];
        LeftCount = left.Count;
        var buffer = new TokenBuffer();
        foreach (var record in left.Concat(right))
        {
            Read(record, buffer);
        }

        _isAmount = [.. Enumerable.Range(0, Fields.Length).Select(field => IsMostlyAmounts(field))];
    }

    /// <summary>Names of the fields, sorted.</summary>
    public string[] Fields { get; }

    /// <summary>Records of both lists; those of the first come first.</summary>
    public int Count => _wordsOf.Count;

    public int LeftCount { get; }

    /// <summary>Distinct words of a field, ascending.</summary>
    public int[] WordsOf(int record, int field) => _wordsOf[record][field];

    public string Word(int word) => _words[word];

    /// <summary>A word with a digit says which one; it is like no other.</summary>
    public bool IsCode(int word) => _words[word].AsSpan().ContainsAnyInRange('0', '9');

    /// <summary>True if nearly all values of a field are single amounts: 9.30 %, 5.60 %.</summary>
    public bool IsAmount(int field) => _isAmount[field];

    public double? AmountOf(int record, int field) => _amounts[record][field];

    /// <summary>Rarity of a word in its field: what many records have tells little.</summary>
    public double Idf(int field, int word) => Math.Log(1 + (Count / (_counts[field].GetValueOrDefault(word) + 0.5)));

    /// <summary>True if another field of the record has the word.</summary>
    public bool HasElsewhere(int record, int field, int word)
    {
        for (var other = 0; other < Fields.Length; other++)
        {
            if (other != field && Array.BinarySearch(_wordsOf[record][other], word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    void Read(EntityCard record, TokenBuffer buffer)
    {
        var words = new int[Fields.Length][];
        var amounts = new double?[Fields.Length];
        for (var field = 0; field < Fields.Length; field++)
        {
            var text = record.Fields.GetValueOrDefault(Fields[field]) ?? "";
            buffer.Clear();
            buffer.Read(text);
            words[field] = [.. buffer.FoldedWords().Select(NumberOf).Distinct().Order()];
            amounts[field] = AmountIn(text);
            foreach (var word in words[field])
            {
                _counts[field][word] = _counts[field].GetValueOrDefault(word) + 1;
            }
        }

        _wordsOf.Add(words);
        _amounts.Add(amounts);
    }

    int NumberOf(string word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            _numbers.Add(word, number = _words.Count);
            _words.Add(word);
        }

        return number;
    }

    bool IsMostlyAmounts(int field)
    {
        var filled = Enumerable.Range(0, Count).Count(record => _wordsOf[record][field].Length > 0);
        return 2 * Enumerable.Range(0, Count).Count(record => _amounts[record][field] is not null) > filled;
    }

    /// <summary>The number of a text that has one; null if it has none, or several.</summary>
    static double? AmountIn(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return !text.AsSpan(end).ContainsAnyInRange('0', '9')
            && double.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;
    }
}
