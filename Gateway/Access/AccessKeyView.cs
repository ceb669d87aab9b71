using System.Text.Json.Serialization;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>An access key without its secret.</summary>
/// <param name="Id">Names the key; no secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">The tenant that its calls belong to.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when it is not taken any more; absent when it never expires.</param>
/// <param name="RevokedAt">When it was revoked; absent when it was not.</param>
internal sealed record AccessKeyView(
    string Id,
    string Name,
    string Tenant,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RevokedAt)
{
    /// <summary>The view of a key.</summary>
    /// <param name="key">The key.</param>
    public static AccessKeyView Of(AccessKey key) =>
        new(key.Id, key.Name, key.Tenant, AccessScopeNames.NamesOf(key.Scopes), key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}

/// <summary>A new access key.</summary>
/// <param name="Key">What its holder sends: a secret, shown this once.</param>
/// <param name="Access">The key without its secret.</param>
internal sealed record AccessKeyCreated(string Key, AccessKeyView Access)
{
    /// <summary>The key without its secret.</summary>
    public override string ToString() => Access.ToString();
}

/// <summary>The access keys.</summary>
/// <param name="Keys">The oldest first.</param>
internal sealed record AccessKeyList(IReadOnlyList<AccessKeyView> Keys);
