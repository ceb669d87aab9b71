using AgentRec.Simulation;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Cluster.Simulation;

/// <summary>Audits of the real agents, at a small size.</summary>
[Trait("Category", "Cluster")]
public sealed class AuditTests : IDisposable
{
    private static readonly Scenario Small = new()
    {
        Name = "audited", Seed = 5, Seeds = 2, Periods = 1, SlateSize = 5, RetrainEvery = 0,
        World = new SyntheticTerms { Users = 24, Items = 60, Genres = 4, Providers = 3, RatingsPerUser = 8 },
        Models = new ModelTerms { Scorers = ["popularity", "itemknn", "content"] },
        Arms = [new ArmTerms("only")],
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sensitivity_AnAttributeInTheContextAlone_ChangesNoSlate()
    {
        var report = await Run(Small with { Sensitivity = new SensitivityTerms("occupation", ["farmer", "nurse", "soldier"]) { Users = 12 } });

        var figures = Assert.Single(report.Sensitivity).Figures;
        Assert.Equal((1, 1), (figures["similarityJaccard"].Mean, figures["similarityPairwise"].Mean));
        Assert.Equal((0, 0), (figures["snsrJaccard"].Mean, figures["snsvPairwise"].Mean));
    }

    [Fact]
    public async Task Sensitivity_WhatAUserAsksFor_ChangesSlatesAndIsSeen()
    {
        var report = await Run(Small with { Sensitivity = new SensitivityTerms("taste", ["the 1980s", "the 2010s"]) { Users = 12, Says = "Something from {value}" } });

        var figures = Assert.Single(report.Sensitivity).Figures;
        Assert.InRange(figures["similarityJaccard"].Mean, 0, 0.9);
        Assert.InRange(figures["similarityPairwise"].Mean, 0, 0.9);
        Assert.True(figures["snsrJaccard"].Mean > 0, "both changed slates alike to the last item");
        var page = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out", "report.html"));
        Assert.Contains("Slates when taste changes", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manipulation_StuffedKeywords_LiftAProviderOverItsHonestTwinByLittle()
    {
        var stuffing = new ProviderTerms("provider-02", ProviderGoal.Exposure, ProviderStrategy.KeywordStuffing);
        var report = await Run(Small with
        {
            Periods = 6, RetrainEvery = 1,
            // What items say is all that is learned from: nothing else stands against a claim.
            Models = new ModelTerms { Scorers = ["content"] },
            Arms = [new ArmTerms("honest"), new ArmTerms("stuffed") { Providers = [stuffing] }],
        });

        Assert.Equal(1, report.Arms[0].Figures["lift"].Mean);
        var lift = report.Arms[1].Figures["lift"].Mean;
        Assert.NotEqual(1, lift);
        Assert.InRange(lift, 0.5, 1.5);
    }

    private Task<LabReport> Run(Scenario scenario) => Laboratory.RunAsync(scenario, Path.Combine(_folder.Path, "out"), new LabOptions(Threads: 2));
}
