using System.Collections.Immutable;
using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Planning.Wishes;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentRec.Grains.Planning;

/// <summary>
/// Gathers the evidence of a turn as the planner's table says: the user agent's nomination, and beside it the tools that do not
/// depend on it. A tool that does not answer is left out and named; the turn goes on.
/// </summary>
/// <param name="search">Finds what answers words and wishes.</param>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="options">What a turn may spend.</param>
/// <param name="time">The domain's clock, which budgets go by.</param>
internal sealed class EvidenceGathering(
    WishSearch search,
    ToolPipelines tools,
    IOptions<PlannerOptions> options,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time)
{
    /// <summary>Gathers.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="user">The user agent.</param>
    /// <param name="trace">Hears of the plan and of what came of it.</param>
    /// <param name="degraded">Receives the tools that were left out.</param>
    /// <param name="clock">Measures, for people.</param>
    /// <param name="cancellationToken">Abandons the turn.</param>
    public async Task<GatheredEvidence> GatherAsync(
        TenantServing tenant, string session, PlanRequest turn, IUserAgent user, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded,
        StageClock clock, CancellationToken cancellationToken)
    {
        using var span = AgentActivities.Gather();
        var budget = new TurnBudget(time, TimeSpan.FromMilliseconds(options.Value.TurnBudgetMilliseconds));
        var known = new Knowledge(null, turn.Request.Message is not null || !turn.Wishes.Like.IsEmpty, turn.Turn > 1, [.. PlanTable.Tools.Where(tools.IsResting)]);

        var nominating = user.Nominate(new NominationNeed(
            new PolicyReference(turn.Policy, turn.PolicyVersion), turn.Request.SlateSize, options.Value.WindowSize, turn.Constraints, turn.Seed)
        {
            Evidence = turn.Evidence,
        });
        var searching = PlanTable.AtOnce(known).Contains(ToolNames.Vectors, StringComparer.Ordinal)
            ? SearchAsync(tenant, turn, budget, cancellationToken)
            : null;
        var nomination = await nominating;
        known = known with { History = nomination.Summary.History };
        var rule = PlanTable.Decide(known);
        var skipped = PlanTable.Skipped(rule, known);
        var decision = tenant.Mixes.Decide(known, session, turn);
        var mix = decision?.Mix ?? CandidateMix.Standard;
        trace.Tell(TurnEventKind.Plan, new
        {
            tools = rule.Sources, rule.Reason, rule.Case, policy = turn.Policy, policyVersion = turn.PolicyVersion, slateSize = turn.Request.SlateSize,
            nomination.Summary.History, nomination.Summary.LastActive, known.IsReturning,
            hardConstraints = turn.Constraints.Count(constraint => constraint.Strength is ConstraintStrength.Hard),
            skipped = skipped.Select(tool => new { tool.Tool, tool.Reason }),
            wishes = turn.Wishes.IsEmpty ? null : turn.Wishes,
            mix = decision is null ? null : new { mix.Name, decision.Propensity, context = decision.Context.Name, decision.Period },
        });
        trace.Tell(TurnEventKind.Nomination, new { step = "nominated", candidates = nomination.Candidates.Length, nomination.Eligible });
        degraded.AddRange(skipped.Where(tool => tool.IsMissed).Select(tool => new Degradation(tool.Tool, tool.Reason)));
        clock.End("nominate");

        if (rule.Sources.Contains(ToolNames.Vectors, StringComparer.Ordinal))
            searching ??= SearchAsync(tenant, turn, budget, cancellationToken);
        var matches = searching is null ? [] : Tell(await searching, trace, degraded);
        if (matches.Length > options.Value.RetrievedByWords * mix.Words)
            matches = matches[..(options.Value.RetrievedByWords * mix.Words)];
        matches = await WishSearch.OrderAsync(tenant.Serving.Current.Catalogue, turn, matches, options.Value.RetrievedByWords, cancellationToken);
        var taken = await tenant.Trending.FirstAsync(mix.Trending);
        clock.End("retrieve");
        return new GatheredEvidence(nomination, rule.Sources, matches, [.. taken], decision);
    }

    private async Task<SearchAnswer> SearchAsync(TenantServing tenant, PlanRequest turn, TurnBudget budget, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await tools.RunAsync(
            ToolNames.Vectors,
            budget.Left,
            token => search.FindAsync(tenant.Name, turn, options.Value.RetrievedByWords * tenant.Mixes.GreatestWords, token),
            cancellationToken);
        return new SearchAnswer(answer, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3));
    }

    /// <summary>Tells what came of the search. What it took stands apart from what happened: it is different each time.</summary>
    private static ImmutableArray<Match> Tell(SearchAnswer search, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded)
    {
        var timings = new { milliseconds = search.Milliseconds };
        if (search.Answer.Reason is { } reason)
        {
            degraded.Add(new Degradation(ToolNames.Vectors, reason));
            trace.Tell(TurnEventKind.ToolCall, new { tool = ToolNames.Vectors, degraded = reason, timings });
            return [];
        }
        var hits = search.Answer.Value;
        trace.Tell(TurnEventKind.ToolCall, new { tool = ToolNames.Vectors, hits = hits.Length, timings });
        return hits;
    }

    private sealed record SearchAnswer(ToolAnswer<ImmutableArray<Match>> Answer, double Milliseconds);
}
