using AgentRec.Domain;
using AgentRec.Simulation;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster.Simulation;

/// <summary>Runs of a small scenario in which everything happens that can.</summary>
[Trait("Category", "Cluster")]
public sealed class LaboratoryTests : IDisposable
{
    private static readonly Scenario Small = new()
    {
        Name = "small", Seed = 9, Seeds = 1, Periods = 3, SlateSize = 4, RetrainEvery = 2,
        World = new SyntheticTerms { Users = 16, Items = 40, Genres = 4, Providers = 3, RatingsPerUser = 8 },
        Population = [new PopulationTerms("askers", 1, new TraitTerms { Asks = new Spread(0.4), Activity = new Spread(0.8) })],
        Models = new ModelTerms { Scorers = ["popularity", "itemknn"] },
        Providers = [new ProviderTerms("provider-02", ProviderGoal.Sales, ProviderStrategy.KeywordStuffing), new ProviderTerms("provider-01", ProviderGoal.Exposure, ProviderStrategy.Boosting)],
        Events =
        [
            new ArrivalsEvent(2, 3, Quality: 1), new TrendEvent(2, "genre-01", 0.5, 1), new PolicyEvent(3, "balanced"), new AttackEvent(2, ShillingProfile.Bandwagon, 0.1),
        ],
        Arms = [new ArmTerms("off") { Agency = Agency.Off }, new ArmTerms("on") { Agency = new Agency(0.05m, 0.5m, 40), Screen = true, Questions = QuestionMode.Eager }],
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_IntoAFolderWithSomebodysWork_LeavesItAlone()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "work"));
        var thesis = _folder.Write(Path.Combine("work", "thesis.txt"), "years");
        await Assert.ThrowsAsync<SimulationException>(() => Laboratory.RunAsync(Small, _folder.Path, new LabOptions(Threads: 1)));
        Assert.Equal("years", await File.ReadAllTextAsync(thesis));
    }

    [Fact]
    public async Task RunAsync_OnOneThreadAndTwo_StoppedAndResumed_GivesTheSameBytes()
    {
        var whole = Path.Combine(_folder.Path, "whole");
        var broken = Path.Combine(_folder.Path, "broken");

        var report = await Laboratory.RunAsync(Small, whole, new LabOptions(Threads: 2));
        // Where a period begins, and in the middle of one, of which some have been and nothing is kept: all since the last checkpoint is to be played again.
        await StopAsync(broken, resume: false, "arm off, period 3");
        await StopAsync(broken, resume: true, "arm on, period 1 of 3, 5 of");
        await StopAsync(broken, resume: true, "arm on, period 2 of 3, 1 of");
        await StopAsync(broken, resume: true, "arm on, period 3");
        await Laboratory.RunAsync(Small, broken, new LabOptions(Threads: 1, Resume: true));

        var files = Files(whole);
        Assert.Contains("events.csv", files);
        Assert.Contains("events.parquet", files);
        Assert.Contains("metrics.json", files);
        Assert.Contains("report.html", files);
        Assert.Contains("manifest.json", files);
        Assert.Contains(Path.Combine("figures", "gini.png"), files);
        Assert.Contains(Path.Combine("figures", "gini.svg"), files);
        Assert.Equal(files, Files(broken));
        foreach (var file in files)
            Assert.True(File.ReadAllBytes(Path.Combine(whole, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(broken, file))), $"{file} differs");

        var page = await File.ReadAllTextAsync(Path.Combine(whole, "report.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", page, StringComparison.Ordinal);
        Assert.Equal(["off", "on"], report.Arms.Select(arm => arm.Arm));
        Assert.All(report.Arms, arm => Assert.True(arm.Figures["turns"].Mean > 30, $"{arm.Figures["turns"].Mean} turns"));
        // The arms meet the same people but are not the same: bids change slates.
        Assert.NotEqual(0, Assert.Single(report.Differences).Figures["gini"].Mean);
        Assert.Equal(0, report.Arms[0].Figures["questions"].Mean);
        Assert.True(report.Arms[1].Figures["questions"].Mean > 0, "no question was asked");
        Assert.True(report.Arms[1].Figures.ContainsKey("falseAlarms"), "the screen did not report");
        Assert.True(report.Arms[1].Figures["newShare"].Mean > 0, "no new item was shown");
    }

    [Fact]
    public async Task RunAsync_WhereResultsAreOrAnotherRunIs_Refuses()
    {
        var folder = Path.Combine(_folder.Path, "taken");
        await StopAsync(folder, resume: false, "arm off, period 1");

        var begun = await Assert.ThrowsAsync<SimulationException>(() => Laboratory.RunAsync(Small, folder));
        var other = await Assert.ThrowsAsync<SimulationException>(() => Laboratory.RunAsync(Small with { Seed = 10 }, folder, new LabOptions(Resume: true)));
        var none = await Assert.ThrowsAsync<SimulationException>(() => Laboratory.RunAsync(Small, Path.Combine(_folder.Path, "none"), new LabOptions(Resume: true)));

        Assert.Contains("--resume", begun.Message, StringComparison.Ordinal);
        Assert.Contains("another scenario", other.Message, StringComparison.Ordinal);
        Assert.Contains("no run to resume", none.Message, StringComparison.Ordinal);
    }

    private static async Task StopAsync(string folder, bool resume, string at)
    {
        using var stop = new CancellationTokenSource();
        var turns = new Stopping(step =>
        {
            if (step.Message.Contains(at, StringComparison.Ordinal))
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Laboratory.RunAsync(Small, folder, new LabOptions(Threads: 2, Resume: resume) { ReportEvery = TimeSpan.Zero }, turns, stop.Token));
    }

    /// <summary>The results that a run is compared by; the machine's are beside them.</summary>
    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(file => file != "run.json").Order(StringComparer.Ordinal)];

    private sealed class Stopping(Action<LabProgress> report) : IProgress<LabProgress>
    {
        public void Report(LabProgress value) => report(value);
    }
}
