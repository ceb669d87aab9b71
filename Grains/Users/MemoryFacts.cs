using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>Private facts as the user agent remembers them.</summary>
/// <param name="memory">The memory.</param>
/// <param name="facets">The catalogue.</param>
/// <param name="now">The turn's time.</param>
internal sealed class MemoryFacts(UserMemory memory, IFacetSource facets, DateTimeOffset now) : IPrivateFacts
{
    public bool IsConsumed(string itemId) => facets.TryHandle(itemId, out var item) && memory.HasConsumed(item);

    public int Shown(string itemId, int days) =>
        facets.TryHandle(itemId, out var item) ? memory.ShownSince(item, now.AddDays(-days).ToUnixTimeMilliseconds()) : 0;
}
