using System.Text.Json;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Gateway.Access;

/// <summary>The access key that is to be made.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What its holder may do: <c>sessions</c>, <c>ingest</c>, <c>admin</c>, <c>read</c>.</param>
/// <param name="Tenant">The tenant that its calls belong to; the caller's without it.</param>
/// <param name="ExpiresInDays">After how many days it is not taken any more; never without it.</param>
internal sealed record AccessKeyBody(string Name, IReadOnlyList<string> Scopes, string? Tenant, int? ExpiresInDays) : IRequestBody<AccessKeyBody>
{
    private const int GreatestDays = 3_650;

    /// <inheritdoc/>
    public static AccessKeyBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) => JsonFields.Read(root, string.Empty, errors, fields =>
        new AccessKeyBody(
            fields.Text("name", AccessKey.GreatestName, required: true) ?? string.Empty,
            ReadScopes(fields),
            fields.Id("tenant"),
            fields.Integer("expiresInDays", 1, GreatestDays)));

    private static string[] ReadScopes(JsonFields fields)
    {
        if (fields.Find("scopes", required: true) is not { } value)
            return [];
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() is > 0 and <= 8
            && value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String && AccessScopeNames.Parse(one.GetString()!) is not AccessScopes.None))
            return [.. value.EnumerateArray().Select(one => one.GetString()!)];
        fields.Fault("scopes", $"must be an array of one or more of {AccessScopeNames.All}");
        return [];
    }
}
