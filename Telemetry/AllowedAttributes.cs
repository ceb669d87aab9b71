using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace AgentRec.Telemetry;

/// <summary>
/// Takes every attribute from a span that is not known to be harmless. Libraries put paths, addresses, grain keys and messages into
/// them, and those hold ids of users and sessions; what a library adds one day is left out until somebody has looked at it.
/// </summary>
internal sealed class AllowedAttributes : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = FrozenSet.Create(
        StringComparer.Ordinal,
        // HTTP: the route is a pattern, the path is not here.
        "http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type",
        // Calls between grains: which method of which kind of agent.
        "rpc.system.name", "rpc.method", "orleans.rpc.service", "orleans.grain.type", "orleans.activation.cause", "orleans.deactivation.reason",
        "orleans.storage.provider", "orleans.storage.state.name",
        // The database: texts of statements have parameters where values stand.
        "db.system.name", "db.query.text", "db.response.status_code", "db.npgsql.prepared",
        // Our own.
        "agentrec.kind", "agentrec.outcome", "agentrec.tool", "agentrec.protocol", "agentrec.events", "agentrec.appends");

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        string[] unknown = [.. data.TagObjects.Select(tag => tag.Key).Where(key => !Allowed.Contains(key))];
        foreach (var key in unknown)
            data.SetTag(key, null);
        // Without its description, which quotes the exception's message.
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
    }
}
