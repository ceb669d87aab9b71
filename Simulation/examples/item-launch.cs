#:project ../Simulation.csproj
#:property PublishAot=false
// Do new items find their readers sooner with item agency? dotnet run Simulation/examples/item-launch.cs [DIR] [--seeds N]
using AgentRec.Domain;
using AgentRec.Simulation;

await Experiment.RunAsync(
    new Scenario
    {
        Name = "item-launch", Seed = 11, Seeds = 5, Periods = 12, RetrainEvery = 4,
        World = new SyntheticTerms { Users = 200, Items = 300 },
        Events = [new ArrivalsEvent(Period: 3, Items: 20, Quality: 0.6)],
        Arms =
        [
            new ArmTerms("no-agency") { Agency = Agency.Default with { Beta = 0 } },
            new ArmTerms("bids") { Agency = new Agency(0.02m, 0.1m, 200) },
            new ArmTerms("bids-and-place") { Agency = new Agency(0.02m, 0.1m, 200) { Exploration = new Exploration(1, 50) } },
        ],
    },
    args, "newShare", "success", "regret");
