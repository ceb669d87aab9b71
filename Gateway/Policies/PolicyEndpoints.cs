using System.Globalization;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Policies;

/// <summary>Read and store rule sets.</summary>
internal static class PolicyEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", List).Describe("listPolicies", "Policies", "List the rule sets with their newest versions").Refuses();
        api.MapGet("/policies/{name}", Get).Describe("getPolicy", "Policies", "Read a rule set")
            .Explain("The newest version, or the one that `?version=` names. No version is ever deleted.")
            .Produces<RuleSet>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapPut("/policies/{name}", Put).Describe("putPolicy", "Policies", "Store a rule set as its next version")
            .Explain("JSON or YAML, by content type. When this has answered, every new turn uses it. The content of the newest version again changes nothing. 201 answers for a first version. "
                + "With `?dryRun=true` nothing is stored: the newest slates (at most 1,000, or as many as `?slates=` says) are negotiated again under the rule set, over the windows they were chosen from, "
                + "and the answer is a report of how they would fare and what that would cost in utility. Nobody bids in it, and rules over private history (frequency caps, calibration) are left as they were.")
            .Produces<RuleSet>()
            .Produces<RuleSet>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Ok<PolicyList>> List(Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var policies = await repetition.Repeat(() => agents.Policies.List(), cancellationToken);
        return TypedResults.Ok(new PolicyList([.. policies.Select(policy => new PolicyEntry(policy.Name, policy.Version))]));
    }

    private static async Task<Results<RawJson, Refusal>> Get(
        string name, [Microsoft.AspNetCore.Mvc.FromQuery] string? version, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        int? number = null;
        if (version is not null)
        {
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed < 1)
                return Refusals.InvalidParameter("version", $"must be a whole number from 1 to {int.MaxValue}");
            number = parsed;
        }
        return await repetition.Repeat(() => agents.Policies.Get(name, number), cancellationToken) is { } policy
            ? new RawJson(policy.Content)
            : Refusals.UnknownPolicy();
    }

    private static async Task<Results<RawJson, Refusal>> Put(
        string name,
        PolicyBody body,
        [Microsoft.AspNetCore.Mvc.FromQuery] string? dryRun,
        [Microsoft.AspNetCore.Mvc.FromQuery] string? slates,
        Agents agents,
        Repetition repetition,
        CancellationToken cancellationToken)
    {
        if (dryRun is not (null or "true" or "false"))
            return Refusals.InvalidParameter("dryRun", "must be true or false");
        if (slates is not null && !(int.TryParse(slates, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= DryRun.GreatestSlates))
            return Refusals.InvalidParameter("slates", $"must be a whole number from 1 to {DryRun.GreatestSlates}");
        var isDry = dryRun is "true";
        if (slates is not null && !isDry)
            return Refusals.InvalidParameter("slates", "is for dryRun=true only");
        if (body.Name is not null && !string.Equals(body.Name, name, StringComparison.Ordinal))
            return Refusals.InvalidFields(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["name"] = ["must be the name in the path"] });
        var outcome = await repetition.Repeat(() => isDry ? agents.Policies.Check(name, body.Content) : agents.Policies.Put(name, body.Content), cancellationToken);
        if (outcome.Stored is not { } stored)
        {
            var errors = new FieldErrors();
            foreach (var error in outcome.Errors)
                errors.Add(error.Path, error.Message);
            return Refusals.InvalidFields(errors.ByField);
        }
        if (isDry)
        {
            var limit = slates is null ? DryRun.GreatestSlates : int.Parse(slates, CultureInfo.InvariantCulture);
            return new RawJson(JsonSerializer.Serialize(await DryRun.RunAsync(stored, limit, agents, repetition, cancellationToken), ApiJson.Options));
        }
        return new RawJson(stored.Content, stored.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}

/// <summary>The rule sets.</summary>
/// <param name="Policies">By name.</param>
internal sealed record PolicyList(IReadOnlyList<PolicyEntry> Policies);

/// <summary>A rule set in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its newest version.</param>
internal sealed record PolicyEntry(string Name, int Version);
