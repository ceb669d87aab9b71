using System.Text.Json;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Users;

/// <summary>Read, correct and forget what is remembered of a user.</summary>
internal static class MemoryEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapMemory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users/{id}/memory", Get).Describe("getMemory", "Memory", "Read what is remembered of a user")
            .Explain("In words and numbers, for this user's eyes. Every valid id is a user; of a new one nothing is remembered. With `?summary=true` also `summary`: the memory in a few words, a language model's where one is configured and memories may be sent to it (`isWorded`), and else its own sentences, with the reason in `degraded`.")
            .Refuses(StatusCodes.Status400BadRequest);
        api.MapPatch("/users/{id}/memory", Correct).Describe("correctMemory", "Memory", "Correct what is remembered")
            .Explain("Stated preferences come before everything inferred. The attitude neutral takes a statement back. `text` says the same in plain words (\"I no longer watch horror, but I love westerns\"); what of it was not read is in `notUnderstood`, and where nothing was, nothing is changed and the answer is 422 `not-understood`.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapDelete("/users/{id}/memory", Forget).Describe("forgetMemory", "Memory", "Forget everything remembered so far")
            .Refuses(StatusCodes.Status400BadRequest);
        api.MapGet("/users/{id}/export", Export).Describe("exportUser", "Memory", "Read everything that is held of a user")
            .Explain("The memory, and every event of the user's log in order: interactions, sessions, turns with their certificates and windows, corrections. Written as it is read.")
            .Produces<JsonElement>()
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<MemoryView>, Refusal>> Get(
        string id, [Microsoft.AspNetCore.Mvc.FromQuery] string? summary, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        if (summary is not (null or "true" or "false"))
            return Refusals.InvalidParameter("summary", "must be true or false");
        return TypedResults.Ok(await repetition.Repeat(() => summary is "true" ? agents.Narrator.Summarise(id) : agents.User(id).DescribeMemory(), cancellationToken));
    }

    // Stating a preference twice states the same, so repeating is harmless.
    private static async Task<Results<Ok<MemoryView>, Refusal>> Correct(
        string id, Body<CorrectionsBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var (corrections, text) = body.Value;
        MemoryView? memory = null;
        if (!corrections.IsDefaultOrEmpty)
            memory = await repetition.Repeat(() => agents.User(id).Correct(corrections), cancellationToken);
        if (text is not null)
            memory = await repetition.Repeat(() => agents.User(id).CorrectInWords(text), cancellationToken) ?? (memory is null ? null : memory with { NotUnderstood = [text] });
        return memory is null ? Refusals.NotUnderstood() : TypedResults.Ok(memory);
    }

    private static async Task<UserExportAnswer> Export(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var memory = await repetition.Repeat(() => agents.User(id).DescribeMemory(), cancellationToken);
        return new UserExportAnswer(memory, await ReadAsync(0, cancellationToken), ReadAsync);

        Task<ExportPage> ReadAsync(long after, CancellationToken stopping) => repetition.Repeat(() => agents.User(id).Export(after), stopping);
    }

    private static async Task<NoContent> Forget(string id, Agents agents, CancellationToken cancellationToken)
    {
        // Not repeated: a second attempt would also forget what was recorded between the two.
        await agents.User(id).Forget().WaitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
