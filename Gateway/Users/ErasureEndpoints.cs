using System.Text.Json;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Certificates;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Users;

/// <summary>Erase users, and verify what was signed for it.</summary>
internal static class ErasureEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapErasure(this IEndpointRouteBuilder api)
    {
        api.MapDelete("/users/{id}", Erase).Describe("eraseUser", "Memory", "Erase a user")
            .Explain("Log, memory, sessions, turns with their certificates and windows, and the user's part in what item agents counted and in the active model. Answers a signed receipt, of which the cluster keeps no copy. A user who never was is erased as well: imports of the time before are refused from now on.")
            .Produces<JsonElement>()
            .Refuses(StatusCodes.Status400BadRequest);
        api.MapPost("/erasures/verify", Verify).Describe("verifyErasureReceipt", "Memory", "Verify the receipt of an erasure")
            .Explain("An invalid receipt is a result (200, valid: false), not a fault of the request.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
    }

    // Not repeated: harmless, but the second receipt would count nothing, and look as if nothing had been there.
    private static async Task<RawJson> Erase(string id, Agents agents, CancellationToken cancellationToken) =>
        new(await agents.Erasure.Erase(id).WaitAsync(cancellationToken));

    private static async Task<Ok<VerificationReport>> Verify(Body<ReceiptBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(VerificationReport.Of(await repetition.Repeat(() => agents.Erasure.Verify(body.Value.Receipt.GetRawText()), cancellationToken)));
}
