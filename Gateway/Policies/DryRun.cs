using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;

namespace AgentRec.Gateway.Policies;

/// <summary>
/// Tries a rule set on the slates of the past. The gateway drives it: it asks for the newest certificates and hands them to
/// policy agents in batches, so that no agent waits for another.
/// </summary>
internal static class DryRun
{
    /// <summary>The greatest number of slates.</summary>
    public const int GreatestSlates = 1000;

    private const int Batch = 5;
    private const int Parallel = 2;

    /// <summary>Runs.</summary>
    /// <param name="policy">The checked rule set.</param>
    /// <param name="limit">How many slates.</param>
    /// <param name="agents">Finds the policy agents.</param>
    /// <param name="repetition">Repeats what was not answered.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<DryRunReport> RunAsync(
        PolicyView policy, int limit, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var ids = await repetition.Repeat(() => agents.Certifier.Recent(limit), cancellationToken);
        var batches = ids.Chunk(Batch).ToArray();
        var parts = new ImmutableArray<RehearsedSlate>[batches.Length];
        await System.Threading.Tasks.Parallel.ForAsync(
            0,
            batches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            // Not repeated when it is not answered: the work may still go on.
            async (i, token) => parts[i] = await agents.Certifier.Rehearse(new RehearsalRequest(policy.Content, [.. batches[i]]), token));
        return Report(policy, [.. parts.SelectMany(part => part)]);
    }

    private static DryRunReport Report(PolicyView policy, ImmutableArray<RehearsedSlate> slates)
    {
        int Count(Func<RehearsedSlate, bool> which) => slates.Count(which);
        double Mean(Func<RehearsedSlate, double> figure) => slates.IsEmpty ? 1 : Math.Round(slates.Average(figure), 4);
        var rules = slates.SelectMany(slate => slate.Missed).Concat(slates.SelectMany(slate => slate.Relaxed)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new DryRunReport(
            policy.Name,
            policy.Version,
            slates.Length,
            Count(slate => slate.AlreadyMet),
            Count(slate => slate.Outcome is NegotiationOutcome.Agreed),
            Count(slate => slate.Outcome is NegotiationOutcome.Arbitrated),
            Count(slate => slate.Outcome is NegotiationOutcome.Relaxed),
            Count(slate => slate.Short),
            slates.IsEmpty ? 0 : Math.Round(slates.Average(slate => slate.Replaced), 2),
            Mean(slate => slate.ServedKept),
            Mean(slate => slate.RehearsedKept),
            [.. rules.Select(rule => new DryRunRule(
                rule, Count(slate => slate.Missed.Contains(rule, StringComparer.Ordinal)), Count(slate => slate.Relaxed.Contains(rule, StringComparer.Ordinal))))]);
    }
}

/// <summary>How the newest slates would fare under a rule set.</summary>
/// <param name="Policy">The rule set's name.</param>
/// <param name="Version">The version that it would get.</param>
/// <param name="Slates">How many slates were rehearsed; 0 where none with a window is kept.</param>
/// <param name="AlreadyMet">How many keep every rule as they were served.</param>
/// <param name="Agreed">How many would be agreed.</param>
/// <param name="Arbitrated">How many would be arbitrated: the rules outrank the user's limit.</param>
/// <param name="Relaxed">How many could not keep all hard rules.</param>
/// <param name="Short">How many would be shorter than asked for.</param>
/// <param name="Replaced">How many items of a slate would be others, on average.</param>
/// <param name="UtilityKeptServed">What the slates kept of their openings' utility, on average.</param>
/// <param name="UtilityKept">What they would keep of the same under the rule set.</param>
/// <param name="Rules">Rules that at least one slate misses, before or after.</param>
internal sealed record DryRunReport(
    string Policy,
    int Version,
    int Slates,
    int AlreadyMet,
    int Agreed,
    int Arbitrated,
    int Relaxed,
    int Short,
    double Replaced,
    double UtilityKeptServed,
    double UtilityKept,
    IReadOnlyList<DryRunRule> Rules);

/// <summary>What a rule would do.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="MissedBefore">How many slates miss it as they were served.</param>
/// <param name="Relaxed">How many could not keep it.</param>
internal sealed record DryRunRule(string Rule, int MissedBefore, int Relaxed);
