using AgentRec.Silo;
using AgentRec.Tests.Unit.Storage;

namespace AgentRec.Tests.Unit.Cli;

public sealed class SigningKeyRotationTests
{
    [Fact]
    public async Task Run_AddsTheNewestKey_AndKeepsTheOthers()
    {
        using var stores = new EmbeddedStores();
        await using var store = await stores.OpenAsync();
        var first = await SigningKeyRotation.RunAsync(store, TimeProvider.System, default);
        var second = await SigningKeyRotation.RunAsync(store, TimeProvider.System, default);
        Assert.NotEqual(first, second);
        Assert.Equal([first, second], (await store.Certificates.ReadKeysAsync(default)).Select(key => key.KeyId));
    }
}
