using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime.Placement;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="IClusterStatusGrain"/>
[GrainType("cluster-status"), StatelessWorker]
internal sealed class ClusterStatusGrain(IGrainFactory grains, IOptions<ClusterOptions> options, TimeProvider time) : Grain, IClusterStatusGrain
{
    // Below what a gateway waits for an answer: a silo that hangs is reported, not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<ClusterReport> Describe()
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var members = await management.GetDetailedHosts(onlyActive: false);
        MembershipEntry[] present = [.. members.Where(static member => member.Status is not SiloStatus.Dead)];
        var silos = await Task.WhenAll(present.Select(member => DescribeAsync(management, member)));
        return new ClusterReport(
            options.Value.ClusterId, [.. silos.OrderBy(static silo => silo.Name, StringComparer.Ordinal).ThenBy(static silo => silo.Address, StringComparer.Ordinal)],
            members.Length - present.Length);
    }

    private async Task<ClusterSilo> DescribeAsync(IManagementGrain management, MembershipEntry member)
    {
        var isActive = member.Status is SiloStatus.Active;
        var report = isActive ? await AnswerAsync(Probe(member.SiloAddress)) : null;
        // Who is silent once is not asked again.
        var activations = report is not null ? await AnswerAsync<SimpleGrainStatistic[]>(management.GetSimpleGrainStatistics([member.SiloAddress])!) : null;
        return new ClusterSilo(
            member.SiloName, member.SiloAddress.ToParsableString(), StatusName(member.Status), new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)),
            member.SuspectTimes?.Count ?? 0, report, Count(activations ?? []));
    }

    private Task<SiloReport?> Probe(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return grains.GetGrain<ISiloProbeGrain>(GrainKey.Silo(Identifier.DefaultTenant, silo.ToParsableString())).Describe();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private async Task<T?> AnswerAsync<T>(Task<T?> question)
        where T : class
    {
        try
        {
            return await question.WaitAsync(Patience, time);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException or System.Net.Sockets.SocketException)
        {
            // The late answer, or its fault, is of no use to anybody.
            _ = question.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return null;
        }
    }

    private static ImmutableSortedDictionary<string, int> Count(SimpleGrainStatistic[] activations) => activations
        .Where(static one => one.GrainType.StartsWith("AgentRec.", StringComparison.Ordinal))
        .GroupBy(static one => Kind(one.GrainType), StringComparer.Ordinal)
        .ToImmutableSortedDictionary(static kind => kind.Key, static kind => kind.Sum(one => one.ActivationCount), StringComparer.Ordinal);

    /// <summary>A class such as <c>AgentRec.Grains.Users.UserAgent,AgentRec.Grains</c> is called as itself.</summary>
    private static string Kind(string type)
    {
        var name = type.Split(',')[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static string StatusName(SiloStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
