#:project ../Simulation.csproj
#:property PublishAot=false
// Four waves of invented users push an item each. Does the screen keep them out? dotnet run Simulation/examples/shilling.cs [DIR] [--seeds N]
using AgentRec.Simulation;

await Experiment.RunAsync(
    new Scenario
    {
        Name = "shilling", Seed = 17, Seeds = 5, Periods = 8, RetrainEvery = 1,
        World = new SyntheticTerms { Users = 300, Items = 1000, Providers = 20, RatingsPerUser = 30 },
        Events =
        [
            new AttackEvent(2, ShillingProfile.Random, 0.03), new AttackEvent(3, ShillingProfile.Average, 0.03),
            new AttackEvent(4, ShillingProfile.Bandwagon, 0.03), new AttackEvent(5, ShillingProfile.Segment, 0.03),
        ],
        Arms = [new ArmTerms("undefended"), new ArmTerms("screened") { Screen = true }],
    },
    args, "targetShare", "detection", "falseAlarms");
