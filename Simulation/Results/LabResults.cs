using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Simulation;

/// <summary>Turns rows into an output folder.</summary>
internal static class LabResults
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes everything, the manifest last; then the work folder goes.</summary>
    public static async Task<LabReport> WriteAsync(Scenario scenario, Bench bench, int threads, TimeSpan took, long turns, CancellationToken cancellationToken, bool isLive = false)
    {
        var figures = new Dictionary<string, double>[scenario.Seeds][][];
        var groups = new List<GroupOutcome>();
        var fidelity = new List<FidelityReport>();
        var sensitivity = new SensitivityOutcome?[scenario.Seeds][];
        var pictures = Path.Combine(bench.Folder, "figures");
        await using (var events = await EventTables.OpenAsync(bench.Folder, cancellationToken))
        {
            for (var seed = 0; seed < scenario.Seeds; seed++)
            {
                var chance = new Chance(StableHash.Of(scenario.Seed, (ulong)seed));
                var world = Worlds.Make(scenario, chance);
                var traits = Traits.Of(scenario, world, chance);
                figures[seed] = new Dictionary<string, double>[scenario.Arms.Length][];
                sensitivity[seed] = [.. scenario.Arms.Select((_, arm) => scenario.Sensitivity is null
                    ? null : JsonSerializer.Deserialize<SensitivityOutcome>(File.ReadAllBytes(bench.Sensitivity(seed, arm))))];
                for (var arm = 0; arm < scenario.Arms.Length; arm++)
                {
                    var measures = new Measures(scenario, world, chance);
                    var group = new GroupMeasures(scenario, scenario.Arms[arm].Name, world, traits);
                    var likeness = world.Scales is null ? null : new Fidelity(world);
                    figures[seed][arm] = new Dictionary<string, double>[scenario.Periods];
                    for (var period = 1; period <= scenario.Periods; period++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        var rows = RowFile.Read(bench.Rows(seed, arm, period));
                        figures[seed][arm][period - 1] = measures.Of(period, rows);
                        group.Add(period, rows);
                        likeness?.Add(rows);
                        await events.AddAsync(scenario, world, seed, scenario.Arms[arm].Name, period, rows, cancellationToken);
                    }
                    groups.AddRange(group.Outcomes());
                    if (likeness is null)
                        continue;
                    fidelity.Add(likeness.Report(scenario.Arms[arm].Name, seed));
                    if (seed == 0 && arm == 0)
                        Figures.Draw(likeness, pictures);
                }
            }
        }
        var report = LabReports.Of(scenario, figures, groups, sensitivity);
        await WriteAsync(bench, "metrics.json", report, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, "metrics.csv"), Csv(scenario, figures), cancellationToken);
        if (fidelity.Count > 0)
            await WriteAsync(bench, "fidelity.json", fidelity, cancellationToken);
        var drawn = Figures.Draw(report, pictures);
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, "report.html"), HtmlReport.Write(scenario, report, drawn), cancellationToken);
        await WriteAsync(bench, "run.json", new RunFacts(
            Environment.MachineName, Environment.ProcessorCount, Environment.OSVersion.VersionString, Environment.Version.ToString(), threads,
            Math.Round(took.TotalSeconds, 1), turns, Math.Round(turns / Math.Max(1e-9, took.TotalSeconds), 1), Peak() / (1 << 20)), cancellationToken);
        await WriteAsync(bench, "manifest.json", new Manifest(
            scenario.Name, bench.State.Scenario, bench.State.Data, Bench.CodeVersion, scenario.Seed,
            [.. Enumerable.Range(0, scenario.Seeds).Select(seed => StableHash.Of(scenario.Seed, (ulong)seed).ToString("x16", CultureInfo.InvariantCulture))], scenario.Portable(),
            isLive ? "against a live cluster: by its clock and with its models, not to be repeated" : null), cancellationToken);
        bench.Clear();
        return report;
    }

    /// <summary>The most memory that this process has held, in bytes.</summary>
    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static async Task WriteAsync<T>(Bench bench, string name, T content, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(Path.Combine(bench.Folder, name));
        await JsonSerializer.SerializeAsync(stream, content, Json, cancellationToken);
    }

    private static string Csv(Scenario scenario, Dictionary<string, double>[][][] figures)
    {
        var text = new System.Text.StringBuilder("seed,arm,period,metric,value\n");
        for (var seed = 0; seed < figures.Length; seed++)
        {
            for (var arm = 0; arm < scenario.Arms.Length; arm++)
            {
                for (var period = 1; period <= scenario.Periods; period++)
                {
                    foreach (var metric in Metric.All)
                    {
                        if (figures[seed][arm][period - 1].TryGetValue(metric.Name, out var value))
                            text.Append(CultureInfo.InvariantCulture, $"{seed},{scenario.Arms[arm].Name},{period},{metric.Name},{value:R}\n");
                    }
                }
            }
        }
        return text.ToString();
    }

    private sealed record Manifest(string Name, string ScenarioDigest, string? DataDigest, string Code, ulong Seed, string[] Seeds, Scenario Scenario, string? Live);

    private sealed record RunFacts(
        string Machine, int Processors, string System, string Runtime, int Threads, double Seconds, long Turns, double TurnsPerSecond, long PeakMebibytes);
}
