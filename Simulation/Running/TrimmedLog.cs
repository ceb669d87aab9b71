using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Simulation;

/// <summary>
/// The log without what no agent ever reads back: the events of a negotiation, reasons, certificates and windows. What happened,
/// what was shown and what was asked stays.
/// </summary>
/// <param name="log">The log.</param>
internal sealed class TrimmedLog(IUserLog log) : IUserLog
{
    private static readonly Explanation NoReason = new("", []);

    public ValueTask<AppendOutcome> AppendAsync(
        string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive, CancellationToken cancellationToken) =>
        log.AppendAsync(tenant, userId, [.. events.Select(Trim)], null, cancellationToken);

    public ValueTask<IReadOnlyList<LoggedEvent>> ReadAsync(string tenant, string userId, long after, int limit, CancellationToken cancellationToken) =>
        log.ReadAsync(tenant, userId, after, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, Interaction>> FindInteractionsAsync(
        string tenant, IReadOnlyCollection<string> interactionIds, CancellationToken cancellationToken) => log.FindInteractionsAsync(tenant, interactionIds, cancellationToken);

    public ValueTask<SessionHistory?> ReadSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        log.ReadSessionAsync(tenant, sessionId, cancellationToken);

    public ValueTask<bool> HasSessionAsync(string tenant, string userId, string sessionId, CancellationToken cancellationToken) =>
        log.HasSessionAsync(tenant, userId, sessionId, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, ItemFact>> ReadFactsAsync(
        string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, DateTimeOffset shownSince, CancellationToken cancellationToken) =>
        log.ReadFactsAsync(tenant, userId, upTo, itemIds, shownSince, cancellationToken);

    private static LoggedEvent Trim(LoggedEvent logged) => logged.Event is TurnTaken { Turn: var turn }
        ? logged with { Event = new TurnTaken(turn with { Trace = [], Result = Trim(turn.Result) }) }
        : logged;

    private static TurnResult Trim(TurnResult result) => result with
    {
        CertificateId = null,
        Slate = result.Slate is null ? null : new Slate([.. result.Slate.Items.Select(item => item with { Title = "", Origins = [], Explanation = NoReason })]),
    };
}
