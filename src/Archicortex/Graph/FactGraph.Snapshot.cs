using Archicortex.Numerics;

namespace Archicortex.Graph;

/// <summary>The facts' rows as bytes, so that opening a memory need not read its texts again.</summary>
sealed partial class FactGraph
{
    public void Save(BlockWriter writer)
    {
        foreach (var table in (ReadOnlySpan<StringTable>)[_entityKeys, _relationKeys, _texts, _extractors])
        {
            writer.Write(table.Count);
            for (var i = 0; i < table.Count; i++)
            {
                writer.Write(table[i]);
            }
        }

        writer.Write(_facts.Count);
        for (var i = 0; i < _facts.Count; i++)
        {
            var fact = _facts[i];
            writer.Write((fact.Subject, fact.Relation, fact.Object, fact.IsNegated ? 1 : 0));
            writer.Write(fact.Assertions);
        }

        writer.Write(_assertions);
        writer.Write(_givenAssertions);
        writer.Write(_passages.Count);
        for (var i = 0; i < _passages.Count; i++)
        {
            writer.Write(_passages[i].Assertions);
            writer.Write(_passages[i].HasRecorded ? 1 : 0);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty graph.</summary>
    public void Load(BlockReader reader)
    {
        foreach (var table in (ReadOnlySpan<StringTable>)[_entityKeys, _relationKeys, _texts, _extractors])
        {
            for (var left = reader.ReadInt(); left > 0; left--)
            {
                table.FindOrAdd(reader.ReadText());
            }
        }

        while (_entities.Count < _entityKeys.Count)
        {
            _entities.Add(default);
        }

        LoadFacts(reader);
        reader.ReadTable(_assertions);
        _givenAssertions = reader.ReadInt();
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            _passages.Add(new() { Assertions = reader.ReadRow(), HasRecorded = reader.ReadInt() != 0 });
        }
    }

    void LoadFacts(BlockReader reader)
    {
        var count = reader.ReadInt();
        for (var row = 0; row < count; row++)
        {
            var (subject, relation, @object, isNegated) = reader.Read<(int, int, int, int)>();
            var assertions = reader.ReadRow();
            _facts.Add(new() { Subject = subject, Relation = relation, Object = @object, IsNegated = isNegated != 0, Assertions = assertions });
            _factRows.Add((subject, relation, @object, isNegated != 0), row);
            if (assertions.Count == 0)
            {
                continue;
            }

            _liveFacts++;
            _liveAssertions += assertions.Count;
            foreach (var end in (ReadOnlySpan<int>)[subject, @object])
            {
                ref var entity = ref _entities.Edit(end);
                entity.Facts = entity.Facts.Insert(row);
            }
        }
    }
}
