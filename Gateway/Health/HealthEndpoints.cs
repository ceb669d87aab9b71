using System.Text.Json.Serialization;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Health;

/// <summary>Say whether the node lives and whether it can serve.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds the calls.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).Describe("live", "Health", "Say that the process answers");
        routes.MapGet("/health/ready", Ready).Describe("ready", "Health", "Say whether the node can serve turns")
            .Explain("503 until it can, with what is missing. `notes` says what an operator should know all the same, such as a model that could not be loaded.").Refuses();
    }

    private static Ok<HealthReport> Live() => TypedResults.Ok(new HealthReport("live", null));

    private static async Task<Results<Ok<HealthReport>, Refusal>> Ready(IEnumerable<IReadiness> parts, TimeProvider time, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var part in parts)
            missing.AddRange(await Ask(part, part.MissingAsync, time, cancellationToken));
        if (missing.Count > 0)
            return Refusals.NotReady(string.Join(' ', missing));
        var notes = new List<string>();
        foreach (var part in parts)
            notes.AddRange(await Ask(part, part.NotesAsync, time, cancellationToken));
        return TypedResults.Ok(new HealthReport("ready", notes.Count == 0 ? null : notes));
    }

    private static async Task<IReadOnlyList<string>> Ask(
        IReadiness part, Func<CancellationToken, ValueTask<IReadOnlyList<string>>> question, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await question(cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [$"{part.GetType().Name} did not say whether it is ready ({exception.GetType().Name})."];
        }
    }
}

/// <summary>How the node is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Notes">What an operator should know; absent when all is well.</param>
internal sealed record HealthReport(
    string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Notes);
