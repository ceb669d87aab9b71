using System.Reflection;
using System.Text.Json;
using AgentRec.Silo;

namespace AgentRec.Simulation;

/// <summary>
/// The part of an output folder that a run works in: stores, the rows of finished periods, and two checkpoints in turn, so that one
/// is always whole.
/// </summary>
internal sealed class Bench
{
    private const string Database = "agentrec.db";
    private readonly string _work;

    private Bench(string folder, BenchState state) => (Folder, _work, State) = (folder, Path.Combine(folder, "work"), state);

    /// <summary>The output folder.</summary>
    public string Folder { get; }

    /// <summary>How far the run is.</summary>
    public BenchState State { get; private set; }

    /// <summary>The build that runs.</summary>
    public static string CodeVersion { get; } =
        typeof(Bench).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The store of the arm that is being played.</summary>
    public string Store => Path.Combine(_work, "store");

    private string StateFile => Path.Combine(_work, "state.json");

    private string Manifest => Path.Combine(Folder, "manifest.json");

    /// <summary>Takes a folder for a run.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Whether to go on.</param>
    /// <param name="isLive">Whether the run is against a live cluster.</param>
    public static Bench Open(Scenario scenario, string folder, LabOptions options, bool isLive = false)
    {
        var data = scenario.World is DataTerms terms ? DataDigest.Of(terms.Folder) : null;
        var fresh = new BenchState(scenario.Digest(data), data, CodeVersion, 0, 0, 0, 0, isLive);
        var bench = new Bench(folder, fresh);
        if (options.Resume)
        {
            if (!File.Exists(bench.StateFile))
                throw new SimulationException(File.Exists(bench.Manifest) ? $"The run in {folder} is done." : $"There is no run to resume in {folder}: start it without --resume.");
            var state = JsonSerializer.Deserialize<BenchState>(File.ReadAllBytes(bench.StateFile))!;
            if (state.IsLive)
                throw new SimulationException($"The run in {folder} was against a live cluster, where what happened stays: it cannot be resumed.");
            if (state.Scenario != fresh.Scenario)
                throw new SimulationException($"The run in {folder} is of another scenario, of other data, or with other seeds: only the same can be resumed.");
            if (state.Code != fresh.Code)
                throw new SimulationException($"The run in {folder} was begun by build {state.Code}, and this is {fresh.Code}: only the same build can resume it.");
            bench.State = state;
            return bench;
        }
        if (File.Exists(bench.StateFile))
            throw new SimulationException($"{folder} holds a run that was not finished: go on with --resume, or name another folder.");
        if (File.Exists(bench.Manifest))
            throw new SimulationException($"{folder} holds results: name another folder.");
        if (Directory.Exists(bench._work))
            throw new SimulationException($"{folder} holds a folder 'work' that is not a run's to take: name another folder.");
        Directory.CreateDirectory(bench._work);
        bench.Write();
        Directory.CreateDirectory(Path.Combine(bench._work, "rows"));
        return bench;
    }

    /// <summary>The store that a world begins with.</summary>
    public string World(int seed) => Path.Combine(_work, $"world-{seed}");

    /// <summary>The rows of a period.</summary>
    public string Rows(int seed, int arm, int period) => Path.Combine(_work, "rows", $"{seed}-{arm}-{period}.rows");

    /// <summary>What the sensitivity audit of an arm came to.</summary>
    public string Sensitivity(int seed, int arm) => Path.Combine(_work, "rows", $"{seed}-{arm}.sensitivity.json");

    /// <summary>Keeps a checkpoint: from now on the run goes on from here.</summary>
    public async Task KeepAsync(int seed, int arm, int period, ArmState state, SimulatedSilo silo, CancellationToken cancellationToken)
    {
        var slot = 1 - State.Slot;
        var checkpoint = Checkpoint(slot);
        Directory.CreateDirectory(checkpoint);
        File.Delete(Path.Combine(checkpoint, Database));
        await silo.Store.CopyDatabaseAsync(Path.Combine(checkpoint, Database), cancellationToken);
        silo.Periods.Save(Path.Combine(checkpoint, "grains.json"));
        state.Save(Path.Combine(checkpoint, "people.json"));
        State = State with { Seed = seed, Arm = arm, Period = period, Slot = slot };
        Write();
    }

    /// <summary>Goes back to the last checkpoint.</summary>
    /// <param name="periods">Gets the grain state.</param>
    public ArmState Restore(SiloPeriods periods)
    {
        var checkpoint = Checkpoint(State.Slot);
        // Models are written once and never changed: those learned since are of no harm.
        foreach (var file in Directory.GetFiles(Store))
            File.Delete(file);
        File.Copy(Path.Combine(checkpoint, Database), Path.Combine(Store, Database));
        periods.Load(Path.Combine(checkpoint, "grains.json"));
        return ArmState.Load(Path.Combine(checkpoint, "people.json"));
    }

    /// <summary>An arm is done: the next begins.</summary>
    public void Finish(int seed, int arm)
    {
        State = State with { Seed = seed, Arm = arm + 1, Period = 0 };
        Write();
    }

    /// <summary>A world is done.</summary>
    public void ForgetWorld(int seed)
    {
        State = State with { Seed = seed + 1, Arm = 0, Period = 0 };
        Write();
        if (Directory.Exists(World(seed)))
            Directory.Delete(World(seed), recursive: true);
    }

    /// <summary>Everything is done. The state goes first: who is stopped on the way leaves results, and no run to resume.</summary>
    public void Clear()
    {
        File.Delete(StateFile);
        Directory.Delete(_work, recursive: true);
    }

    private string Checkpoint(int slot) => Path.Combine(_work, $"checkpoint-{slot}");

    private void Write()
    {
        var next = StateFile + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(State));
        File.Move(next, StateFile, overwrite: true);
    }
}

/// <summary>How far a run is.</summary>
/// <param name="Scenario">The scenario's digest.</param>
/// <param name="Data">The digest of the data that worlds are made from; null: they are drawn.</param>
/// <param name="Code">The build.</param>
/// <param name="Seed">The seed that is being played.</param>
/// <param name="Arm">The arm that is being played.</param>
/// <param name="Period">Its last period that is whole; 0: none yet.</param>
/// <param name="Slot">The checkpoint that holds it.</param>
/// <param name="IsLive">Whether it is against a live cluster.</param>
internal sealed record BenchState(string Scenario, string? Data, string Code, int Seed, int Arm, int Period, int Slot, bool IsLive);
