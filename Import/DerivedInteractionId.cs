using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentRec.Domain;

namespace AgentRec.Import;

/// <summary>The id of an interaction whose source gives none: from user, item, type and time, so that the same row has the same id again.</summary>
public static class DerivedInteractionId
{
    /// <summary>Derives the id; different interactions get different ones.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="type">The type.</param>
    /// <param name="timestamp">The time, to the millisecond, where it is known.</param>
    public static string Of(string userId, string itemId, InteractionType type, DateTimeOffset? timestamp)
    {
        var time = timestamp?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var id = $"{InteractionTypeNames.Of(type)}/{Escape(userId)}/{Escape(itemId)}/{time}";
        return id.Length <= Identifier.MaximumLength ? id : $"sha256/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    private static string Escape(string id) =>
        id.AsSpan().ContainsAny('/', '%') ? id.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal) : id;
}
