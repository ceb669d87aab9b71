using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Turns;

/// <summary>Follow a turn, or take up a stream that broke.</summary>
internal static class TurnEventEndpoints
{
    /// <summary>Adds the call.</summary>
    /// <param name="api">Where to.</param>
    public static void MapTurnEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/sessions/{id}/turns/{turn:int}/events", Follow).Describe("followTurn", "Turns", "Stream the events of a turn")
            .Explain(
                """
                Server-sent events from the first one, or behind the one that `Last-Event-ID` (or `?after=`; the header wins) names. `slate`, `question` or `error` ends the stream. 204 says that nothing follows, so that an `EventSource` stops reconnecting.
                """)
            .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static EventStream Follow(string id, int turn, ResumePoint resume, EventStreams streams, Agents agents, Repetition repetition)
    {
        return streams.Of(id, turn, resume.After, WhyEmpty);

        async Task<IResult> WhyEmpty(CancellationToken cancellationToken)
        {
            if (await repetition.Repeat(() => agents.Session(id).Describe(), cancellationToken) is null)
                return Refusals.UnknownSession();
            return resume.After > 0 && await streams.Exists(id, turn, cancellationToken) ? TypedResults.NoContent() : Refusals.UnknownTurn();
        }
    }
}
