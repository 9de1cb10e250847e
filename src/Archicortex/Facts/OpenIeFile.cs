using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Archicortex.Facts;

/// <summary>A passage of an OpenIE file and what a model read in it.</summary>
/// <param name="Index">Its place in the file, from 1.</param>
/// <param name="Title">The first line of its text, if there is a second.</param>
/// <param name="Text">The rest.</param>
/// <param name="Read">Names and facts.</param>
public sealed record OpenIePassage(int Index, string? Title, string Text, Extraction Read);

/// <summary>Reads the files in which HippoRAG keeps what a model extracted (<c>openie_results_*.json</c>).</summary>
/// <remarks>
/// <code>{"docs": [{"idx": …, "passage": "title\ntext", "extracted_entities": ["…"], "extracted_triples": [["s", "p", "o"]]}], …}</code>
/// Both versions: <c>idx</c> is a number in the first and a hash in the second, and is ignored, like all other fields. The
/// file is streamed: one passage at a time is held. What is no triple is left out and counted (<see cref="TripleList"/>).
/// </remarks>
public static class OpenIeFile
{
    const int ReadBytes = 1 << 16;

    /// <summary>Bytes one passage with its triples may take.</summary>
    const int PassageBytesMax = 64 << 20;

    /// <summary>The passages of a file, in order.</summary>
    /// <param name="source">The file; not closed.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="cancellationToken">Stops between passages.</param>
    /// <exception cref="MemoryFormatException">It is no such file, or is cut off; passages before are handed out.</exception>
    public static async IAsyncEnumerable<OpenIePassage> ReadAsync(
        Stream source, string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new DocsReader(name);
        var isFinal = false;
        while (!isFinal && !reader.IsDone)
        {
            var count = await source.ReadAsync(reader.Room(), cancellationToken).ConfigureAwait(false);
            isFinal = count == 0;
            reader.Take(count);
            foreach (var passage in reader.Found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return passage;
            }

            reader.Found.Clear();
        }

        reader.CheckEnd();
    }

    /// <summary>The state of a file being read: the bytes of the passage under way, and where in the file's structure they stand.</summary>
    sealed class DocsReader(string name)
    {
        byte[] _bytes = new byte[ReadBytes];
        int _start;
        int _end;
        int _index;
        long _taken;
        bool _isInDocs;
        JsonReaderState _state;

        public List<OpenIePassage> Found { get; } = [];

        /// <summary>True once the list of passages has ended; what follows is not read.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Room for as many bytes again behind those that wait: a long passage is looked at a few times only.</summary>
        public Memory<byte> Room()
        {
            var waiting = _end - _start;
            var size = Math.Min(Math.Max(ReadBytes, waiting), PassageBytesMax - waiting);
            if (size <= 0)
            {
                throw Broken($"passage {_index + 1} has more than {PassageBytesMax:N0} bytes", "Split it");
            }

            if (_start > 0)
            {
                _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
                (_start, _end) = (0, _end - _start);
            }

            if (_bytes.Length - _end < size)
            {
                Array.Resize(ref _bytes, Math.Max(_end + size, _bytes.Length * 2));
            }

            return _bytes.AsMemory(_end, size);
        }

        public void Take(int count)
        {
            _end += count;
            try
            {
                Read();
            }
            catch (JsonException failure)
            {
                var problem = failure.Message.Split(" LineNumber:")[0].TrimEnd('.');
                throw Broken($"behind passage {_index} it is no JSON ({problem})", "Take it from a copy, or write it again", failure);
            }
        }

        public void CheckEnd()
        {
            if (!IsDone)
            {
                throw Broken(
                    _isInDocs ? $"it ends behind passage {_index}, in the middle of its list" : "it has no list 'docs'",
                    "An OpenIE file is {\"docs\": [{\"passage\": …, \"extracted_entities\": […], \"extracted_triples\": […]}]}");
            }
        }

        void Read()
        {
            // Never the final block: what is cut off is told by what is missing.
            var json = new Utf8JsonReader(_bytes.AsSpan(_start, _end - _start), isFinalBlock: false, _state);
            while (!IsDone && TryStep(ref json))
            {
                _start += (int)(json.BytesConsumed - _taken);
                _taken = json.BytesConsumed;
                _state = json.CurrentState;
            }

            _taken = 0;
        }

        /// <summary>Reads one token, or one whole passage; false if its end has not come yet.</summary>
        bool TryStep(ref Utf8JsonReader json)
        {
            var before = json;
            if (!json.Read())
            {
                return false;
            }

            if (_isInDocs)
            {
                return TryReadPassage(ref json, before);
            }

            if (json is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName })
            {
                var isDocs = json.ValueTextEquals("docs"u8);
                if (!json.Read() || (!isDocs && !json.TrySkip()))
                {
                    json = before;
                    return false;
                }

                _isInDocs = isDocs && json.TokenType == JsonTokenType.StartArray;
            }

            return true;
        }

        bool TryReadPassage(ref Utf8JsonReader json, Utf8JsonReader before)
        {
            if (json.TokenType == JsonTokenType.EndArray)
            {
                IsDone = true;
                return true;
            }

            var whole = json;
            if (!whole.TrySkip())
            {
                json = before;
                return false;
            }

            using var passage = JsonDocument.ParseValue(ref json);
            Found.Add(Passage(passage.RootElement));
            return true;
        }

        OpenIePassage Passage(JsonElement json)
        {
            _index++;
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("passage", out var passage) || passage.ValueKind != JsonValueKind.String)
            {
                throw Broken(
                    $"passage {_index} has no text 'passage'",
                    "Each entry of 'docs' is an object with 'passage', 'extracted_entities' and 'extracted_triples'");
            }

            var names = Items(json, "extracted_entities").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!);
            var read = TripleList.Read(names, Items(json, "extracted_triples"));
            var text = passage.GetString()!;
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            return line < 0 || string.IsNullOrWhiteSpace(text[(line + 1)..])
                ? new OpenIePassage(_index, null, text.Trim(), read)
                : new OpenIePassage(_index, text[..line].Trim(), text[(line + 1)..].Trim(), read);
        }

        static JsonElement.ArrayEnumerator Items(JsonElement json, string field) =>
            json.TryGetProperty(field, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

        MemoryFormatException Broken(string found, string cure, Exception? inner = null) => new($"'{name}': {found}. {cure}.", inner);
    }
}
