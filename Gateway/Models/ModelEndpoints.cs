using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Models;

/// <summary>Show the trained models, and choose the one that is served.</summary>
internal static class ModelEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", List).Describe("listModels", "Models", "List the models with figures, data ranges and activations")
            .Explain("The newest first. `silos` says of every silo that answers what it serves and loads, and which active model it could not load.")
            .Refuses();
        api.MapPut("/models/active", Activate).Describe("activateModel", "Models", "Serve another model, or an older one again")
            .Explain("The model is loaded and tried while turns go on with the one that is served; when this has answered, new turns use the new one, and turns that began with the old one have ended or end with it. "
                + "The active version again changes nothing. 409 `model-refused` where it would lose more of the active model's NDCG@10 on its held-out tail than `greatestLoss`, unless `force` is true; 409 `model-unusable` where it cannot be loaded.")
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<ModelsView>> List(Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(await repetition.Repeat(() => agents.Models.List(), cancellationToken));

    private static async Task<Results<Ok<ModelActivationOutcome>, Refusal>> Activate(
        Body<ActivationBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var outcome = await repetition.Repeat(() => agents.Models.Activate(body.Value.Version, body.Value.Force ?? false), cancellationToken);
        return outcome.Status switch
        {
            ModelActivationStatus.Activated or ModelActivationStatus.AlreadyActive => TypedResults.Ok(outcome),
            ModelActivationStatus.Unknown => Refusals.UnknownModel(),
            ModelActivationStatus.Refused => Refusals.ModelRefused(outcome.Reason),
            _ => Refusals.ModelUnusable(outcome.Reason),
        };
    }
}
