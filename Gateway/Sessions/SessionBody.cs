using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Sessions;

/// <summary>Opens a session.</summary>
/// <param name="UserId">The user; an unknown id is a new user.</param>
/// <param name="Context">What is known of the situation: an object of texts, numbers and truth values.</param>
/// <param name="Seed">The seed that ids and ties derive from; without one it derives from the session's id.</param>
internal sealed record SessionBody(string UserId, ImmutableSortedDictionary<string, string>? Context, ulong? Seed) : IRequestBody<SessionBody>
{
    private const int GreatestContext = 32;
    private const int GreatestName = 128;
    private const int GreatestValue = 1_000;

    /// <inheritdoc/>
    public static SessionBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields => new SessionBody(fields.RequiredId("userId"), ReadContext(fields), fields.Seed("seed")));

    private static ImmutableSortedDictionary<string, string>? ReadContext(JsonFields fields)
    {
        const string Name = "context";
        if (fields.Find(Name, required: false) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.Object || value.GetPropertyCount() > GreatestContext)
        {
            fields.Fault(Name, $"must be an object of at most {GreatestContext} members");
            return null;
        }
        var context = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length is 0 or > GreatestName)
                fields.Fault(Name, $"must have names of 1 to {GreatestName} characters");
            else if (JsonFields.ScalarText(member.Value) is { Length: <= GreatestValue } text)
                context[member.Name] = text;
            else
                fields.Fault($"{Name}.{member.Name}", $"must be a number, a truth value or a text of at most {GreatestValue} characters");
        }
        return context.ToImmutable();
    }
}

/// <summary>A session that was opened.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">The user.</param>
internal sealed record SessionCreated(string SessionId, string UserId);
