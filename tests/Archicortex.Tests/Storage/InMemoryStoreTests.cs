using Archicortex.Storage;
using Archicortex.Testing;
using NUnit.Framework;

namespace Archicortex.Tests.Storage;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryStoreTests : StoreContract
{
    readonly Dictionary<string, InMemoryStore> _stores = [];

    protected override IMemoryStore Open(string scope = GraphMemoryOptions.DefaultScope)
    {
        if (!_stores.TryGetValue(scope, out var store))
        {
            store = new InMemoryStore(scope);
            _stores.Add(scope, store);
        }

        return store;
    }
}
