using System.Runtime.InteropServices;
using Archicortex.Documents;
using Archicortex.Numerics;
using Archicortex.Recall;
using Archicortex.Storage;

namespace Archicortex;

/// <summary>The views as bytes and back.</summary>
/// <remarks>
/// A snapshot saves the time of reading all texts again. It is written by this very version of the engine or not used:
/// <see cref="RulesNumber"/> is raised whenever a rule that shapes the views changes, and a snapshot with another number,
/// a wrong checksum or a torn field is passed over; the log is replayed instead.
/// </remarks>
sealed partial class MemoryViews
{
    /// <summary>Version of everything that shapes the views: tokens, sentences, stems, names, layout.</summary>
    const int RulesNumber = 7;

    const ulong Magic = 0x50414E5358435241; // "ARCXSNAP"

    public StoredSnapshot Save()
    {
        var body = new BlockWriter();
        _vocabulary.Save(body);
        _graph.Save(body);
        _lexical.Save(body);
        _facts.Save(body);
        _time.Save(body);
        _turns.Save(body);
        _topics.Save(body);
        _written.Save(body);
        SaveDocuments(body);
        SaveEpoch(body);
        SavePractice(body);
        var file = new BlockWriter();
        file.Write(Magic);
        file.Write(RulesNumber);
        file.Write(Checksum(body.Written.Span));
        file.Write(body.Written.Span);
        return new StoredSnapshot(Head, file.Written);
    }

    /// <summary>True if both have the very same tree of topics, which is no part of the state hash: it depends on the order of arrival.</summary>
    public bool HasTopicsOf(MemoryViews other) => _topics.StateHash() == other._topics.StateHash();

    /// <summary>The views of a snapshot, or null if it is not one that this version wrote whole.</summary>
    public static MemoryViews? TryLoad(StoredSnapshot snapshot)
    {
        try
        {
            var file = new BlockReader(snapshot.Content);
            if (!BitConverter.IsLittleEndian || file.Read<ulong>() != Magic || file.ReadInt() != RulesNumber)
            {
                return null;
            }

            var checksum = file.Read<ulong>();
            var content = snapshot.Content[(sizeof(ulong) + sizeof(int) + sizeof(ulong) + sizeof(int))..];
            if (file.ReadInt() != content.Length || Checksum(content.Span) != checksum)
            {
                return null;
            }

            var body = new BlockReader(content);
            var views = new MemoryViews { Head = snapshot.Head };
            views._vocabulary.Load(body);
            views._graph.Load(body);
            views._lexical.Load(body);
            views._facts.Load(body);
            views._time.Load(body);
            views._turns.Load(body, views._time.SessionOf);
            views._topics.Load(body);
            views._written.Load(body);
            views.LoadDocuments(body);
            views.Epoch = LoadEpoch(body);
            views.LoadPractice(body);
            return views;
        }
        catch (Exception failure) when (failure is InvalidDataException)
        {
            return null;
        }
    }

    void SaveDocuments(BlockWriter writer)
    {
        writer.Write(_passages.Count);
        writer.Write(_documents.Count);
        foreach (var entry in _documents.Values.OrderBy(entry => entry.FirstPassage))
        {
            writer.Write(entry.Id.Value);
            writer.Write(entry.ContentId);
            writer.Write((entry.FirstPassage, entry.PassageCount));
            writer.Write(entry.Extractors.Count);
            foreach (var extractor in entry.Extractors)
            {
                writer.Write(extractor);
            }

            SaveDocument(writer, entry.Document);
            for (var row = entry.FirstPassage; row < entry.FirstPassage + entry.PassageCount; row++)
            {
                var passage = _passages[row].Passage!;
                writer.Write((passage.Span.Start, passage.Span.Length));
                writer.Write(passage.Section);
            }
        }
    }

    void LoadDocuments(BlockReader reader)
    {
        var rows = reader.ReadInt();
        var passages = new PassageSlot[rows];
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            var id = new DocumentId(reader.Read<UInt128>());
            var content = reader.Read<UInt128>();
            var (first, count) = reader.Read<(int, int)>();
            var entry = new List<string>();
            for (var extractors = reader.ReadInt(); extractors > 0; extractors--)
            {
                entry.Add(reader.ReadText()!);
            }

            var document = LoadDocument(reader);
            for (var row = first; row < first + count; row++)
            {
                var (start, length) = reader.Read<(int, int)>();
                passages[row] = new(new Passage(
                    new PassageId(_graph.IdOf(row)), id, document, new(start, length), reader.ReadText()));
            }

            _documents.Add(id, new DocumentEntry(id, document, content, first, count) { Extractors = entry });
        }

        foreach (var slot in passages)
        {
            _passages.Add(slot);
        }
    }

    static void SaveDocument(BlockWriter writer, Document document)
    {
        writer.Write(document.Text);
        writer.Write(document.Id);
        writer.Write(document.Title);
        writer.Write(document.Speaker);
        writer.Write(document.Listener);
        writer.Write(document.Session);
        writer.Write(document.Source);
        writer.Write((int)document.Format);
        writer.Write(document.Time is null ? 0 : 1);
        writer.Write((document.Time?.Ticks ?? 0, document.Time?.Offset.Ticks ?? 0));
        writer.Write(document.Triples?.Count ?? 0);
        foreach (var (subject, relation, @object) in document.Triples ?? [])
        {
            writer.Write(subject);
            writer.Write(relation);
            writer.Write(@object);
        }

        writer.Write(document.Metadata?.Count ?? 0);
        foreach (var (key, value) in document.Metadata ?? new Dictionary<string, string>())
        {
            writer.Write(key);
            writer.Write(value);
        }
    }

    static Document LoadDocument(BlockReader reader)
    {
        var document = new Document(reader.ReadText()!)
        {
            Id = reader.ReadText(),
            Title = reader.ReadText(),
            Speaker = reader.ReadText(),
            Listener = reader.ReadText(),
            Session = reader.ReadText(),
            Source = reader.ReadText(),
            Format = (DocumentFormat)reader.ReadInt(),
        };
        var hasTime = reader.ReadInt() != 0;
        var (ticks, offset) = reader.Read<(long, long)>();
        var triples = new Triple[reader.ReadInt()];
        for (var i = 0; i < triples.Length; i++)
        {
            triples[i] = new(reader.ReadText()!, reader.ReadText()!, reader.ReadText()!);
        }

        var metadata = new Dictionary<string, string>();
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            metadata.Add(reader.ReadText()!, reader.ReadText()!);
        }

        return document with
        {
            Time = hasTime ? new DateTimeOffset(ticks, new TimeSpan(offset)) : null,
            Triples = triples.Length > 0 ? triples : null,
            Metadata = metadata.Count > 0 ? metadata : null,
        };
    }

    static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var pairs = StableHash.Of(MemoryMarshal.Cast<byte, char>(bytes), (ulong)bytes.Length);
        return bytes.Length % 2 == 0 ? pairs : StableHash.Of(pairs, bytes[^1]);
    }
}
