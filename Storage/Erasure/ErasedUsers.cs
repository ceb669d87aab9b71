using AgentRec.Domain;

namespace AgentRec.Storage.Erasure;

/// <summary>The erased users of a tenant, for a load that must not bring them back.</summary>
/// <param name="tombstones">Makes digests; null where nobody was erased.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="erased">When each was erased, Unix milliseconds, by digest in base 64.</param>
internal sealed class ErasedUsers(Tombstones? tombstones, string tenant, IReadOnlyDictionary<string, long> erased)
{
    private readonly Dictionary<string, long?> _known = new(StringComparer.Ordinal);

    /// <summary>Nobody was erased.</summary>
    public static ErasedUsers None { get; } = new(null, "", new Dictionary<string, long>(StringComparer.Ordinal));

    /// <summary>Why an interaction is left out: it is of a time before its user was erased, or of an unknown one.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>Null when it may go in.</returns>
    public string? Refuse(Interaction interaction)
    {
        if (tombstones is null || erased.Count == 0)
            return null;
        if (!_known.TryGetValue(interaction.UserId, out var at))
            _known.Add(interaction.UserId, at = erased.TryGetValue(Convert.ToBase64String(tombstones.Digest(tenant, interaction.UserId)), out var found) ? found : null);
        return at is { } moment && (interaction.Timestamp is not { } happened || happened.ToUnixTimeMilliseconds() <= moment)
            ? "the user was erased, and this is of the time before, or of none"
            : null;
    }
}
