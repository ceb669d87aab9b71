using AgentRec.Domain;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AgentRec.Gateway.Turns;

/// <summary>Take a turn: the result as one answer, or the negotiation as it happens.</summary>
internal static class TurnEndpoints
{
    /// <summary>The name of the limit on concurrent turns.</summary>
    public const string Limit = "turns";

    /// <summary>Adds the call.</summary>
    /// <param name="api">Where to.</param>
    public static void MapTurns(this IEndpointRouteBuilder api) =>
        api.MapPost("/sessions/{id}/turns", Take).Describe("takeTurn", "Turns", "Take a turn: get a negotiated slate, or a question")
            .Explain(
                """
                With `Accept: text/event-stream` the steps of the negotiation are streamed as they happen, and `slate`, `question` or `error` ends the stream.

                `turnId`, or the header `Idempotency-Key`, makes the call repeatable: the same content finds the same turn again, other content is refused with 409 `turn-content-conflict`. A session takes one turn at a time; another one meanwhile is refused with 409 `turn-in-progress`.
                """)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity)
            .RequireRateLimiting(Limit);

    private static async Task<Results<Ok<TurnResult>, EventStream, Refusal>> Take(
        string id, Body<TurnBody> body, TurnKey key, HttpRequest http, TurnCall call, EventStreams streams, CancellationToken cancellationToken)
    {
        var (turnId, contradiction) = key.With(body.Value.TurnId);
        if (contradiction is not null)
            return contradiction;
        var request = body.Value.ToRequest(turnId);
        if (!WantsStream(http))
        {
            var (result, failure) = await call.Run(id, request, cancellationToken);
            return result is null ? failure! : TypedResults.Ok(result);
        }
        var (turn, refusal) = await call.Begin(id, request, cancellationToken);
        return refusal is null ? streams.Of(id, turn, after: 0) : refusal;
    }

    private static bool WantsStream(HttpRequest http)
    {
        var accept = http.GetTypedHeaders().Accept;
        var stream = Quality(EventStream.MediaType);
        return stream > 0 && stream >= Quality("application/json");

        double Quality(string mediaType) => accept
            .Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            .Select(type => type.Quality ?? HeaderQuality.Match)
            .DefaultIfEmpty(HeaderQuality.NoMatch)
            .Max();
    }
}
