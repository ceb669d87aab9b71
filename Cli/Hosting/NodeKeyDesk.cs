using System.Text.Json;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Cli.Hosting;

/// <summary>The access keys of a node that runs, over its HTTP API.</summary>
/// <param name="address">The node's address.</param>
internal sealed class NodeKeyDesk(Uri address) : IKeyDesk
{
    private const string Path = "/v1/keys/access";

    private readonly NodeClient _node = new(address, TimeSpan.FromMinutes(1));

    public Task<string> CreateAsync(WantedKey wanted, CancellationToken cancellationToken) => _node.AskAsync(async api =>
    {
        var body = new { name = wanted.Name, scopes = AccessScopeNames.NamesOf(wanted.Scopes), tenant = wanted.Tenant, expiresInDays = wanted.ExpiresInDays };
        return (await api.PostAsync(Path, body, cancellationToken)).GetProperty("key").GetString()!;
    });

    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) => _node.AskAsync<IReadOnlyList<AccessKey>>(async api =>
        [.. (await api.GetAsync<JsonElement>(Path, cancellationToken)).GetProperty("keys").EnumerateArray().Select(Read)]);

    public Task RevokeAsync(string id, CancellationToken cancellationToken) => _node.AskAsync(async api =>
    {
        await api.DeleteAsync($"{Path}/{Uri.EscapeDataString(id)}", cancellationToken);
        return id;
    });

    public ValueTask DisposeAsync()
    {
        _node.Dispose();
        return ValueTask.CompletedTask;
    }

    private static AccessKey Read(JsonElement key) => new(
        key.GetProperty("id").GetString()!,
        key.GetProperty("name").GetString()!,
        key.GetProperty("tenant").GetString()!,
        key.GetProperty("scopes").EnumerateArray().Aggregate(AccessScopes.None, static (all, name) => all | AccessScopeNames.Parse(name.GetString()!)),
        key.GetProperty("createdAt").GetDateTimeOffset(),
        key.TryGetProperty("expiresAt", out var expires) ? expires.GetDateTimeOffset() : null,
        key.TryGetProperty("revokedAt", out var revoked) ? revoked.GetDateTimeOffset() : null);
}
