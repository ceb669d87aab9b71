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
    private volatile string? _stoodIn;

    /// <summary>A session in which an agent was stood in for, as it was late: what came of that could not be repeated. Null: there was none.</summary>
    public string? StoodIn => _stoodIn;

    public ValueTask<AppendOutcome> AppendAsync(
        string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive, CancellationToken cancellationToken)
    {
        foreach (var logged in events)
        {
            if (logged.Event is TurnTaken { Turn: var turn } && turn.Trace.Any(IsAbsence))
                _stoodIn = turn.SessionId;
        }
        return log.AppendAsync(tenant, userId, [.. events.Select(Trim)], null, cancellationToken);
    }

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

    // The trace is JSON, in which a quote inside a text is escaped.
    internal static bool IsAbsence(TurnEvent step) => step.Data.Contains("\"absent\":[\"", StringComparison.Ordinal);

    private static LoggedEvent Trim(LoggedEvent logged) => logged.Event is TurnTaken { Turn: var turn }
        ? logged with { Event = new TurnTaken(turn with { Trace = [], Result = Trim(turn.Result) }) }
        : logged;

    private static TurnResult Trim(TurnResult result) => result with
    {
        CertificateId = null,
        Slate = result.Slate is null ? null : new Slate([.. result.Slate.Items.Select(item => item with { Title = "", Origins = [], Explanation = NoReason })]),
    };
}
