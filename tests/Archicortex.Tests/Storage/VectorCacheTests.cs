using Archicortex.Models;
using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VectorCacheTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Vectors_come_back_bit_by_bit_by_embedder_dimension_and_text([Values] bool isFile)
    {
        await using var store = isFile ? SqliteStore.Open(_folder.File()) : null;
        IVectorCache cache = store is not null ? store : new InMemoryVectorCache();
        Assert.That(await FoundAsync(cache, "a", 3, "x"), Is.EqualTo("0"));
        float[] odd = [float.Epsilon, -0f, 1 / 3f];
        await cache.StoreAsync("a", [new(TextKey.Of("x"), odd), new(TextKey.Of("y"), new float[3])]);
        var found = await cache.FindAsync("a", 3, [TextKey.Of("y"), TextKey.Of("none"), TextKey.Of("x")]);
        Assert.That(Lengths(found), Is.EqualTo("3, 0, 3"));
        Assert.That(found[2].ToArray().Select(BitConverter.SingleToInt32Bits), Is.EqualTo(odd.Select(BitConverter.SingleToInt32Bits)));
        Assert.That(await FoundAsync(cache, "b", 3, "x"), Is.EqualTo("0"), "Another embedder's");
        Assert.That(await FoundAsync(cache, "a", 4, "x"), Is.EqualTo("0"), "Another dimension's");
    }

    [Test]
    public async Task They_survive_the_process_stay_in_their_scope_and_can_be_cleared()
    {
        var many = Enumerable.Range(0, 700).Select(i => new KeptVector(TextKey.Of($"t{i}"), new float[] { i, 1 })).ToArray();
        await using (var store = SqliteStore.Open(_folder.File()))
        {
            await store.StoreAsync("a", many);
            await store.StoreAsync("b", [many[0]]);
        }

        await using (var other = SqliteStore.Open(_folder.File(), "other"))
        {
            Assert.That(await FoundAsync(other, "a", 2, "t0"), Is.EqualTo("0"));
        }

        await using (var reader = SqliteStore.OpenForReading(_folder.File()))
        {
            var found = await reader.FindAsync("a", 2, [.. many.Select(one => one.Key)]);
            Assert.That(found.Select(vector => vector.Span[0]), Is.EqualTo(many.Select(one => one.Vector.Span[0])));
            await reader.StoreAsync("a", [new(TextKey.Of("new"), new float[2])]);
            Assert.That(await FoundAsync(reader, "a", 2, "new"), Is.EqualTo("0"), "A reader keeps nothing");
            Assert.That(() => reader.ClearVectorsAsync(), Throws.InvalidOperationException);
        }

        await using var again = SqliteStore.Open(_folder.File());
        Assert.That(await again.ClearVectorsAsync(spared: "a"), Is.EqualTo(1));
        Assert.That(await again.ClearVectorsAsync(), Is.EqualTo(700));
        Assert.That(await again.ClearVectorsAsync(), Is.Zero);
    }

    [Test]
    public async Task A_reader_sees_vectors_of_a_table_made_after_it_was_opened()
    {
        await using var writer = SqliteStore.Open(_folder.File());
        await writer.AppendAsync(default, LogMaker.After(default, 1));
        await using var reader = SqliteStore.OpenForReading(_folder.File());
        Assert.That(await FoundAsync(reader, "a", 1, "x"), Is.EqualTo("0"));
        await writer.StoreAsync("a", [new(TextKey.Of("x"), new float[] { 1 })]);
        Assert.That(await FoundAsync(reader, "a", 1, "x"), Is.EqualTo("1"));
    }

    static async Task<string> FoundAsync(IVectorCache cache, string embedder, int dimension, string text) =>
        Lengths(await cache.FindAsync(embedder, dimension, [TextKey.Of(text)]));

    static string Lengths(IReadOnlyList<ReadOnlyMemory<float>> vectors) => string.Join(", ", vectors.Select(vector => vector.Length));
}
