using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>Ids and seeds that derive from a session's seed, so that a seed repeats a session, and digests that tell requests apart.</summary>
internal static class TurnIdentity
{
    /// <summary>The seed of a session that was opened without one.</summary>
    public static ulong SessionSeed(string sessionId) => StableHash.Of(0, sessionId);

    /// <summary>The seed of a turn.</summary>
    public static ulong TurnSeed(ulong sessionSeed, int turn) => StableHash.Of(sessionSeed, (ulong)turn);

    /// <summary>The id of a turn whose client gave none.</summary>
    public static string TurnId(ulong sessionSeed, string sessionId, int turn) =>
        string.Create(CultureInfo.InvariantCulture, $"t-{StableHash.Of(sessionSeed, sessionId):x16}-{turn}");

    /// <summary>The digest of a request's content, its turn id left out.</summary>
    public static string Digest(TurnRequest request) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request with { TurnId = null }, DomainJson.Options))));
}
