using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentRec.Silo;

namespace AgentRec.Simulation;

/// <summary>Runs scenarios.</summary>
public static class Laboratory
{
    /// <summary>
    /// Runs a scenario: in each of its worlds every arm, one after the other, against the production agents in this process. Results
    /// go to a folder; so does what is needed to go on after the run was stopped or killed, until it is done.
    /// </summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="folder">Where results go; made when it is missing.</param>
    /// <param name="options">How to run; it changes no result.</param>
    /// <param name="progress">Hears how far the run is.</param>
    /// <param name="cancellationToken">Stops the run; it can be resumed.</param>
    /// <returns>What the results come to.</returns>
    /// <exception cref="SimulationException">The scenario is not valid, the folder holds other results, or a run could not go on.</exception>
    public static async Task<LabReport> RunAsync(
        Scenario scenario, string folder, LabOptions? options = null, IProgress<LabProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (ScenarioCheck.Problems(scenario).FirstOrDefault() is { } problem)
            throw new SimulationException($"The scenario is not valid: {problem.Path} {problem.Message}");
        options ??= new LabOptions();
        RequireBrains(scenario, options);
        var started = Stopwatch.GetTimestamp();
        var bench = Bench.Open(scenario, Path.GetFullPath(folder), options);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var meter = new LabMeter(scenario, bench, options, progress);
        for (var seed = bench.State.Seed; seed < scenario.Seeds; seed++)
        {
            var chance = new Chance(StableHash.Of(scenario.Seed, (ulong)seed));
            var world = Worlds.Make(scenario, chance);
            var traits = Traits.Of(scenario, world, chance);
            for (var arm = seed == bench.State.Seed ? bench.State.Arm : 0; arm < scenario.Arms.Length; arm++)
            {
                var run = new ArmRun(scenario, scenario.Arms[arm], world, traits, chance, options, threads);
                await PlayAsync(scenario, scenario.Arms[arm], world, chance, run, bench, meter, seed, arm, threads, cancellationToken);
            }
            bench.ForgetWorld(seed);
        }
        return await LabResults.WriteAsync(scenario, bench, threads, Stopwatch.GetElapsedTime(started), meter.Turns, cancellationToken);
    }

    /// <summary>Requires that every brain that an arm names was given.</summary>
    /// <exception cref="SimulationException">One was not.</exception>
    internal static void RequireBrains(Scenario scenario, LabOptions options)
    {
        if (scenario.Arms.FirstOrDefault(arm => arm.Brain is { } brain && !options.Brains.ContainsKey(brain)) is { } thoughtless)
            throw new SimulationException($"Arm {thoughtless.Name} needs a brain '{thoughtless.Brain}', which this run was not given.");
    }

    private static async Task PlayAsync(
        Scenario scenario, ArmTerms arm, World world, Chance chance, ArmRun run, Bench bench, LabMeter meter, int seed, int number, int threads,
        CancellationToken cancellationToken)
    {
        var played = bench.State.Seed == seed && bench.State.Arm == number ? bench.State.Period : 0;
        var periods = new SiloPeriods();
        ArmState state;
        if (played == 0)
        {
            await StoreMaking.MakeAsync(bench.World(seed), world, scenario.Models, chance.Seed, cancellationToken);
            StoreMaking.Copy(bench.World(seed), bench.Store);
            await using (var store = await Storage.EmbeddedStore.OpenUnflushedAsync(bench.Store, new VirtualClock(World.Start), cancellationToken))
            {
                foreach (var rules in ArmTerrain.Rules(scenario, arm))
                    await StoreMaking.PutAsync(store, rules, cancellationToken);
                if (arm.Models is { } models)
                    await StoreMaking.TrainAsync(store, models, chance.Seed, screen: false, cancellationToken);
            }
            // What was there before is not new: item agents know since when.
            foreach (var item in world.Items.Take(world.Present(0)))
                periods.KnowItem(item.ItemId, World.Start.AddYears(-1));
            state = ArmState.Begin(world);
        }
        else
        {
            state = bench.Restore(periods);
        }
        var clock = new VirtualClock(run.At(played + 1));
        await using (var silo = await SimulatedSilo.StartAsync(bench.Store, clock, periods, arm.Settings, cancellationToken))
        {
            for (var period = played + 1; period <= scenario.Periods; period++)
            {
                meter.Begin(seed, number, period);
                var rows = await run.PlayAsync(period, state, silo, clock, meter, cancellationToken);
                RowFile.Write(bench.Rows(seed, number, period), rows);
                await bench.KeepAsync(seed, number, period, state, silo, cancellationToken);
            }
        }
        if (scenario.Sensitivity is not null)
        {
            var outcome = await new SensitivityProbe(scenario, arm, world, chance, threads).RunAsync(bench, run.At(scenario.Periods + 1), cancellationToken);
            await File.WriteAllBytesAsync(bench.Sensitivity(seed, number), JsonSerializer.SerializeToUtf8Bytes(outcome), cancellationToken);
        }
        bench.Finish(seed, number);
    }
}

/// <summary>How a scenario is run; nothing here but a brain changes a result.</summary>
/// <param name="Threads">How many threads work; 0: one for each processor. On one, users come one after the other.</param>
/// <param name="Resume">Whether to go on where a run into the same folder stopped.</param>
public sealed record LabOptions(int Threads = 0, bool Resume = false)
{
    /// <summary>Brains that arms name, beside the rules. They are no part of the scenario: whoever resumes or repeats a run gives the same.</summary>
    public IReadOnlyDictionary<string, IUserBrain> Brains { get; init; } = ImmutableDictionary<string, IUserBrain>.Empty;

    /// <summary>How often progress is reported within a period.</summary>
    internal TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>How far a run is.</summary>
/// <param name="Fraction">The part of all periods, arms and seeds that is done, 0 to 1.</param>
/// <param name="Message">What is being done.</param>
/// <param name="TurnsPerSecond">Turns a second since the run was started or resumed.</param>
/// <param name="Remaining">An estimate of the time that is left; null while nothing is known.</param>
public sealed record LabProgress(double Fraction, string Message, double TurnsPerSecond, TimeSpan? Remaining)
{
    /// <summary>All of it in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Fraction,4:P0}  {Message}, {TurnsPerSecond:F0} turns a second{(Remaining is { } left ? $", about {(int)left.TotalHours}:{left:mm\\:ss} left" : "")}");
}
