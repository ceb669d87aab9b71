#:project ../Simulation.csproj
#:property PublishAot=false
// How is exposure spread over providers under three policies? dotnet run Simulation/examples/provider-fairness.cs [DIR] [--seeds N]
using AgentRec.Simulation;

const string atMostTwo = """[{ id: many-sources, type: count, facet: provider, forEach: true, atMost: 2, severity: hard, priority: 10, sentence: "At most two titles of one provider." }]""";
await Experiment.RunAsync(
    new Scenario
    {
        Name = "provider-fairness", Seed = 13, Seeds = 5, Periods = 10, RetrainEvery = 5,
        World = new SyntheticTerms { Users = 200, Items = 300 },
        Providers = [new ProviderTerms("provider-02", ProviderGoal.Exposure, ProviderStrategy.KeywordStuffing)],
        Policies =
        [
            Experiment.Policy("{ name: free, agency: { beta: 0 }, rules: [] }"),
            Experiment.Policy($"{{ name: at-most-two, agency: {{ beta: 0 }}, rules: {atMostTwo} }}"),
            Experiment.Policy($"{{ name: at-most-two-with-bids, agency: {{ beta: 0.02, band: 0.1, invited: 200 }}, rules: {atMostTwo} }}"),
        ],
        Arms = [new ArmTerms("free") { Policy = "free" }, new ArmTerms("at-most-two") { Policy = "at-most-two" }, new ArmTerms("at-most-two-with-bids") { Policy = "at-most-two-with-bids" }],
    },
    args, "providerGini", "targetShare", "satisfaction");
