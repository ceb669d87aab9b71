using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Items;

/// <summary>Keep the catalogue, and read how an item fares.</summary>
internal static class ItemEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapItems(this IEndpointRouteBuilder api)
    {
        api.MapPut("/items", Put).Describe("putItems", "Items", "Add and replace items")
            .Explain("All items are stored, or none. When this has answered, new turns see them.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/items/{id}", Get).Describe("getItem", "Items", "Read an item with its agent's standing")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<CatalogueChange>> Put(Body<ItemsBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(await repetition.Repeat(() => agents.Catalogue.Put(body.Value.Items), cancellationToken));

    private static async Task<Results<Ok<ItemView>, Refusal>> Get(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        await repetition.Repeat(() => agents.Item(id).Describe(), cancellationToken) is { } standing
            ? TypedResults.Ok(ItemView.Of(standing))
            : Refusals.UnknownItem();
}
