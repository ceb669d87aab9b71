using System.Collections.Concurrent;
using System.Text.Json;

namespace AgentRec.Tests.EndToEnd;

/// <summary>What clients sent, and what the node has acknowledged: the client's side of the promise.</summary>
internal sealed class Ledger
{
    /// <summary>Interactions by id: the body that was sent, and whether it was acknowledged.</summary>
    public ConcurrentDictionary<string, (object Body, bool Acknowledged)> Interactions { get; } = new(StringComparer.Ordinal);

    /// <summary>Turns by id: the session, and the answer where there was one.</summary>
    public ConcurrentDictionary<string, (string Session, JsonElement? Answer)> Turns { get; } = new(StringComparer.Ordinal);

    public int AcknowledgedInteractions => Interactions.Values.Count(entry => entry.Acknowledged);

    public int AcknowledgedTurns => Turns.Values.Count(entry => entry.Answer is not null);
}
