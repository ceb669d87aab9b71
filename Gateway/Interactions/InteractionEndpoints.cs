using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Interactions;

/// <summary>Tell what users did: many at once, or one within a session.</summary>
internal static class InteractionEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapInteractions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/interactions", Record).Describe("recordInteractions", "Interactions", "Record interactions")
            .Explain("What is counted as accepted is durable. Elements are accepted or rejected one by one, so the answer is 200 even when some are rejected. Repeating the call is harmless: what is recorded already counts as a duplicate.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/sessions/{id}/feedback", Feedback).Describe("giveFeedback", "Interactions", "Record what the session's user did with an item")
            .Explain("What is answered with 200 is durable. Repeating the call is harmless; the same interactionId with other content is refused with 409.")
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<RecordingReport>> Record(Body<InteractionsBody> body, Recorder recorder, CancellationToken cancellationToken) =>
        TypedResults.Ok(await recorder.Record(body.Value.Elements, cancellationToken));

    private static async Task<Results<Ok<FeedbackReport>, Refusal>> Feedback(
        string id, Body<FeedbackBody> body, Agents agents, Repetition repetition, Recorder recorder, CancellationToken cancellationToken)
    {
        var feedback = body.Value;
        if (await repetition.Repeat(() => agents.Session(id).Describe(), cancellationToken) is not { } session)
            return Refusals.UnknownSession();
        if (await repetition.Repeat(() => agents.Item(feedback.ItemId).Describe(), cancellationToken) is null)
            return Refusals.FeedbackNamesUnknownItem();
        var verdict = (await recorder.Record(session.UserId, [feedback.By(session.UserId)], cancellationToken))[0];
        return verdict.Status is RecordStatus.Rejected
            ? Refusals.InteractionConflict(verdict.Reason)
            : TypedResults.Ok(new FeedbackReport(feedback.InteractionId, verdict.Status));
    }
}
