using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Abstractions.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="IClusterStatusGrain"/>
[GrainType("cluster-status"), StatelessWorker]
internal sealed class ClusterStatusGrain(IGrainFactory grains, SiloProbes probes, IOptions<ClusterOptions> options, TimeProvider time) : Grain, IClusterStatusGrain
{
    private string Tenant => GrainKey.Parse(this.GetPrimaryKeyString()).Tenant;

    public async Task<ClusterReport> Describe()
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var members = await MembersAsync(management);
        MembershipEntry[] present = [.. members.Where(static member => member.Status is not SiloStatus.Dead)];
        var silos = await Task.WhenAll(present.Select(member => DescribeAsync(management, member)));
        return new ClusterReport(
            options.Value.ClusterId, [.. silos.OrderBy(static silo => silo.Name, StringComparer.Ordinal).ThenBy(static silo => silo.Address, StringComparer.Ordinal)],
            members.Length - present.Length);
    }

    private async Task<ClusterSilo> DescribeAsync(IManagementGrain management, MembershipEntry member)
    {
        var (report, activations) = ((SiloReport?)null, (SimpleGrainStatistic[]?)null);
        if (member.Status is SiloStatus.Active)
        {
            var (said, counted) = (
                probes.AskAsync(Tenant, member.SiloAddress, static probe => probe.Describe()),
                probes.AnswerAsync<SimpleGrainStatistic[]>(management.GetSimpleGrainStatistics([member.SiloAddress])!));
            (report, activations) = (await said, await counted);
        }
        return new ClusterSilo(
            member.SiloName, member.SiloAddress.ToParsableString(), StatusName(member.Status), new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)),
            member.SuspectTimes?.Count ?? 0, report, Count(activations ?? []));
    }

    /// <summary>The list of silos, which the database has: where that does not answer, a caller may ask again.</summary>
    private async Task<MembershipEntry[]> MembersAsync(IManagementGrain management)
    {
        var asked = management.GetDetailedHosts(onlyActive: false);
        try
        {
            return await asked.WaitAsync(SiloProbes.Patience, time);
        }
        // Databases and sockets alike report what they could not do as such.
        catch (Exception exception) when (exception is TimeoutException or ExternalException)
        {
            SiloProbes.Leave(asked);
            throw new StoreUnavailableException($"The list of silos could not be read from the database ({exception.GetType().Name}).", null);
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
