#:project ../Simulation.csproj
#:property PublishAot=false
// Do people see ever less of the world, and does a rule for variety help? dotnet run Simulation/examples/filter-bubble.cs [DIR] [--seeds N]
using AgentRec.Simulation;

await Experiment.RunAsync(
    new Scenario
    {
        Name = "filter-bubble", Seed = 7, Seeds = 5, Periods = 16, RetrainEvery = 2,
        World = new SyntheticTerms { Users = 200, Items = 300, Genres = 12 },
        Population = [new PopulationTerms("people", 1, new TraitTerms { Drift = new Spread(0.1), Activity = new Spread(0.6), Diversity = new Spread(0.3, 0.2) })],
        Policies =
        [
            Experiment.Policy("{ name: free, agency: { beta: 0 }, rules: [] }"),
            Experiment.Policy("""
                name: varied
                agency: { beta: 0 }
                concession: { maximum: 0.3, rounds: 4 }
                rules:
                  - { id: variety,        type: distinct, facet: genre,      atLeast: 8,               severity: hard, priority: 20, sentence: "At least eight genres." }
                  - { id: no-monoculture, type: count,    facet: firstGenre, forEach: true, atMost: 2, severity: hard, priority: 10, sentence: "No genre leads more than two titles." }
                """),
        ],
        Arms = [new ArmTerms("free") { Policy = "free" }, new ArmTerms("varied") { Policy = "varied" }, new ArmTerms("never-relearned") { Policy = "free", RetrainEvery = 0 }],
    },
    args, "shownEntropy", "takenEntropy", "gini", "satisfaction");
