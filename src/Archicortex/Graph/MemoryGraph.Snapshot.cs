using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The graph's rows as bytes, so that opening a memory need not read its texts again.</summary>
sealed partial class MemoryGraph
{
    public void Save(BlockWriter writer)
    {
        writer.Write(_liveCount);
        _tokens.Save(writer);
        writer.Write(_sentences);
        writer.Write(_words.Count);
        for (var i = 0; i < _words.Count; i++)
        {
            var word = _words[i];
            writer.Write((word.LowerCount, word.NamedCount, word.StartCount));
            writer.Write(word.NamedIn);
        }

        writer.Write(_phrases.Count);
        for (var i = 0; i < _phrases.Count; i++)
        {
            var phrase = _phrases[i];
            writer.Write((phrase.Parent, phrase.Word, phrase.WordCount, phrase.Support, phrase.PassageCount));
            writer.Write(phrase.Sentences);
            writer.Write(phrase.Owners);
        }

        writer.Write(_passages.Count);
        for (var i = 0; i < _passages.Count; i++)
        {
            SavePassage(writer, _passages[i]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty graph.</summary>
    public void Load(BlockReader reader)
    {
        _liveCount = reader.ReadInt();
        _tokens.Load(reader);
        reader.ReadTable(_sentences);
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var (lower, named, start) = reader.Read<(int, int, int)>();
            _words.Add(new() { LowerCount = lower, NamedCount = named, StartCount = start, NamedIn = reader.ReadRow() });
        }

        LoadPhrases(reader);
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            _passages.Add(LoadPassage(reader));
        }
    }

    void LoadPhrases(BlockReader reader)
    {
        var count = reader.ReadInt();
        for (var i = 0; i < count; i++)
        {
            var (parent, word, wordCount, support, passageCount) = reader.Read<(int, int, int, int, int)>();
            var record = new PhraseRecord
            {
                Parent = parent,
                Word = word,
                WordCount = wordCount,
                Support = support,
                PassageCount = passageCount,
                Sentences = reader.ReadRow(),
                Owners = reader.ReadRow(),
            };
            if (i == Root)
            {
                continue;
            }

            _phrases.Add(record);
            _children.Add(parent, word, i);
            if (support > 0)
            {
                CountBelow(i, +1);
            }
        }
    }

    static void SavePassage(BlockWriter writer, in PassageRecord passage)
    {
        writer.Write(passage.Id);
        writer.Write(passage.DocumentId);
        writer.Write((passage.FirstSentence, passage.SentenceCount, passage.FirstToken, passage.TokenCount));
        writer.Write((passage.HeadingStart, passage.HeadingCount, passage.IsLive ? 1 : 0));
        writer.Write(passage.Phrases);
        writer.Write(passage.TitlePhrases);
    }

    static PassageRecord LoadPassage(BlockReader reader)
    {
        var record = new PassageRecord { Id = reader.Read<UInt128>(), DocumentId = reader.Read<UInt128>() };
        (record.FirstSentence, record.SentenceCount, record.FirstToken, record.TokenCount) = reader.Read<(int, int, int, int)>();
        (record.HeadingStart, record.HeadingCount, var isLive) = reader.Read<(int, int, int)>();
        record.IsLive = isLive != 0;
        record.Phrases = reader.ReadRow();
        record.TitlePhrases = reader.ReadRow();
        return record;
    }
}
