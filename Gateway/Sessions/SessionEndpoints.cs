using System.Collections.Immutable;
using System.Security.Cryptography;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions;
using AgentRec.Grains.Abstractions.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Sessions;

/// <summary>Open, read and close a session.</summary>
internal static class SessionEndpoints
{
    private static readonly ImmutableSortedDictionary<string, string> NoContext =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions", Open).Describe("openSession", "Sessions", "Open a session for a user")
            .Explain("An unknown user id is a new user. The session keeps its conversation and constraints until it is closed.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/sessions/{id}", Get).Describe("getSession", "Sessions", "Read the conversation so far")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapDelete("/sessions/{id}", Close).Describe("closeSession", "Sessions", "Close a session")
            .Explain("A turn in progress is cancelled. Closing a closed session changes nothing.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<SessionCreated>, Refusal>> Open(
        Body<SessionBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var (userId, context, seed) = body.Value;
        // Whoever may serve visitors and knows a session's id may use it: it must not be guessable.
        var sessionId = "s-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var opening = new SessionOpening(userId, seed, context ?? NoContext);
        try
        {
            if (!await repetition.Repeat(() => agents.Session(sessionId).Open(opening), cancellationToken))
                throw new InvalidOperationException("A new session id of 128 random bits was taken already; the random source is broken.");
        }
        catch (TenantNotServedException exception)
        {
            return Refusals.TenantNotServed(exception.Message);
        }
        return TypedResults.Created($"/v1/sessions/{sessionId}", new SessionCreated(sessionId, userId));
    }

    private static async Task<Results<Ok<SessionView>, Refusal>> Get(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        await repetition.Repeat(() => agents.Session(id).Describe(), cancellationToken) is { } session
            ? TypedResults.Ok(session)
            : Refusals.UnknownSession();

    private static async Task<Results<NoContent, Refusal>> Close(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        await repetition.Repeat(() => agents.Session(id).Close(), cancellationToken) ? TypedResults.NoContent() : Refusals.UnknownSession();
}
