using System.Diagnostics;

namespace AgentRec.Simulation;

/// <summary>Runs scenarios against a cluster that serves.</summary>
public static class LiveLaboratory
{
    /// <summary>
    /// Runs a scenario of one arm and one seed against a live cluster, over its HTTP API. It promises neither virtual time nor repetition: caps and
    /// decay go by the cluster's clock, so that all periods pass within the time that the run takes; its operators say what is learned, and when; and
    /// another run has other results. A run that was stopped cannot be resumed. Its users, their past and what they do stay in the cluster.
    /// </summary>
    /// <param name="scenario">The scenario; arrivals, trends and policies happen, models are not learned anew.</param>
    /// <param name="folder">Where results go; made when it is missing.</param>
    /// <param name="http">A client with the cluster's address and, where it asks for one, a key that may do what the run does.</param>
    /// <param name="options">How to run.</param>
    /// <param name="progress">Hears how far the run is.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What the results come to.</returns>
    /// <exception cref="SimulationException">The scenario is not valid or asks for what a live cluster cannot do, or the cluster refuses.</exception>
    public static async Task<LabReport> RunAsync(
        Scenario scenario, string folder, HttpClient http, LabOptions? options = null, IProgress<LabProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new LabOptions();
        if (ScenarioCheck.Problems(scenario).FirstOrDefault() is { } problem)
            throw new SimulationException($"The scenario is not valid: {problem.Path} {problem.Message}");
        if (LiveRun.Problem(scenario) is { } impossible)
            throw new SimulationException($"The scenario cannot be run on a live cluster: {impossible.Path} {impossible.Message}");
        if (options.Resume)
            throw new SimulationException("A run against a live cluster cannot be resumed: what happened there stays.");
        Laboratory.RequireBrains(scenario, options);
        var started = Stopwatch.GetTimestamp();
        var bench = Bench.Open(scenario, Path.GetFullPath(folder), options, isLive: true);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var meter = new LabMeter(scenario, bench, options, progress);
        var chance = new Chance(StableHash.Of(scenario.Seed, 0));
        var world = Worlds.Make(scenario, chance);
        var run = new LiveRun(scenario, world, chance, new LiveCluster(http), $"sim-{Guid.NewGuid():N}"[..16], options, threads);
        var state = ArmState.Begin(world);
        await run.PrepareAsync(cancellationToken);
        for (var period = 1; period <= scenario.Periods; period++)
        {
            meter.Begin(0, 0, period);
            RowFile.Write(bench.Rows(0, 0, period), await run.PlayAsync(period, state, meter, cancellationToken));
        }
        return await LabResults.WriteAsync(scenario, bench, threads, Stopwatch.GetElapsedTime(started), meter.Turns, cancellationToken, isLive: true);
    }
}
