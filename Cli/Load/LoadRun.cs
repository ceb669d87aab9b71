using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using AgentRec.Cli.Hosting;

namespace AgentRec.Cli.Load;

/// <summary>Puts a cluster under load and measures.</summary>
/// <param name="target">The cluster's address.</param>
/// <param name="terms">What is asked for.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Hears of every step.</param>
internal sealed class LoadRun(Uri target, LoadTerms terms, TimeProvider time, Action<string> progress)
{
    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <exception cref="CommandFailure">The load could not be prepared.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = target, Timeout = TimeSpan.FromSeconds(terms.TimeoutSeconds),
        };
        NodeClient.Authorize(http);
        var startedAt = time.GetUtcNow();
        var traffic = new VisitorTraffic(http, terms, string.Create(CultureInfo.InvariantCulture, $"bench-{startedAt.ToUnixTimeMilliseconds()}"));
        progress(string.Create(CultureInfo.InvariantCulture, $"opening {terms.Users} sessions, two turns each"));
        await traffic.PrepareAsync(cancellationToken);
        var loop = new OpenLoop(time, terms.MaximumInFlight);
        var rates = ImmutableArray.CreateBuilder<RateFigures>();
        foreach (var rate in terms.Rates)
        {
            var schedule = new ArrivalSchedule(rate, TimeSpan.FromSeconds(terms.Seconds));
            progress(string.Create(CultureInfo.InvariantCulture, $"{rate} requests a second: warming up for {terms.WarmUpSeconds} s, then {terms.Seconds} s"));
            await loop.RunAsync(schedule with { Duration = TimeSpan.FromSeconds(terms.WarmUpSeconds) }, traffic.Draw, traffic.SendAsync, cancellationToken);
            rates.Add((await loop.RunAsync(schedule, traffic.Draw, traffic.SendAsync, cancellationToken)).Figures(schedule));
        }
        var version = typeof(LoadRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new LoadReport(version, startedAt, target, Machine.Here(), terms, rates.ToImmutable());
    }
}
