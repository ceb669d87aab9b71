using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Access;

/// <summary>Make, list and revoke access keys. Admins of the default tenant run the cluster and see every tenant's keys, others their own.</summary>
internal static class AccessKeyEndpoints
{
    private const string Tag = "Access";

    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapAccessKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("/keys/access", Create).Describe("createAccessKey", Tag, "Make an access key")
            .Explain("The answer holds the key, once: only a digest of it is stored. Without `tenant` it is for the caller's own; only admins of the default tenant make keys for others. A gateway without keys takes none but keys from the first one on.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/keys/access", List).Describe("listAccessKeys", Tag, "List the access keys, without their secrets")
            .Explain("The oldest first, expired and revoked ones included.").Refuses();
        api.MapDelete("/keys/access/{id}", Revoke).Describe("revokeAccessKey", Tag, "Revoke an access key")
            .Explain("Every gateway refuses it after `Access:CacheSeconds` at the latest. Revoking it again changes nothing.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<AccessKeyCreated>, Refusal>> Create(
        Body<AccessKeyBody> body, CurrentCaller current, KeyCache keys, AccessGate gate, Repetition repetition, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = body.Value;
        var tenant = wanted.Tenant ?? current.Caller.Tenant;
        if (Reach(current) is { } own && !string.Equals(own, tenant, StringComparison.Ordinal))
            return AccessRefusals.ForeignTenant();
        var secret = AccessSecret.Create();
        // Stored in milliseconds, so made in them.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var scopes = wanted.Scopes.Aggregate(AccessScopes.None, static (all, name) => all | AccessScopeNames.Parse(name));
        var key = new AccessKey(secret.Id, wanted.Name, tenant, scopes, now, wanted.ExpiresInDays is { } days ? now.AddDays(days) : null, null);
        await repetition.Repeat(
            async () =>
            {
                await keys.Keys.Add(new StoredAccessKey(key, secret.Digest));
                return true;
            },
            cancellationToken);
        gate.Close();
        return TypedResults.Created($"/v1/keys/access/{key.Id}", new AccessKeyCreated(secret.Reveal(), AccessKeyView.Of(key)));
    }

    private static async Task<Ok<AccessKeyList>> List(CurrentCaller current, KeyCache keys, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AccessKeyList([.. (await repetition.Repeat(() => keys.Keys.List(Reach(current)), cancellationToken)).Select(AccessKeyView.Of)]));

    private static async Task<Results<NoContent, Refusal>> Revoke(
        string id, CurrentCaller current, KeyCache keys, Repetition repetition, CancellationToken cancellationToken)
    {
        if (await repetition.Repeat(() => keys.Keys.Revoke(id, Reach(current)), cancellationToken) is null)
            return AccessRefusals.UnknownKey();
        keys.Forget(id);
        return TypedResults.NoContent();
    }

    /// <summary>The tenant whose keys the caller manages; null: all.</summary>
    private static string? Reach(CurrentCaller current) =>
        current.Caller.IsOperator ? null : current.Caller.Tenant;
}
