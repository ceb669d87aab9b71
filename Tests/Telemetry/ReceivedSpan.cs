namespace AgentRec.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">Who sent it.</param>
/// <param name="Trace">Its trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of the span around it; empty for a trace's first.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes; values that are not text are empty.</param>
/// <param name="Events">How many events it carries.</param>
internal sealed record ReceivedSpan(
    string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, int Events)
{
    /// <summary>The spans of an export request.</summary>
    /// <param name="request">The request: <c>ExportTraceServiceRequest</c> of the OpenTelemetry protocol.</param>
    public static IEnumerable<ReceivedSpan> Of(ProtoMessage request) =>
        from resource in request.Messages(1)
        let service = Read(resource.Messages(1).First(), 1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Read(span, 9), span.Messages(11).Count());

    private static Dictionary<string, string> Read(ProtoMessage owner, int field) =>
        owner.Messages(field).ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).First().Text(1), StringComparer.Ordinal);
}
