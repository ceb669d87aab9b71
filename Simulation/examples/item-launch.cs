#:project ../Simulation.csproj
#:property PublishAot=false
// dotnet run Simulation/examples/item-launch.cs
using AgentRec.Domain;
using AgentRec.Simulation;

var scenario = new Scenario
{
    Name = "item-launch", Seed = 11, Seeds = 5, Periods = 12, RetrainEvery = 4,
    World = new SyntheticTerms { Users = 200, Items = 300 },
    Events = [new ArrivalsEvent(Period: 3, Items: 20, Quality: 0.6)],
    Arms =
    [
        new ArmTerms("no-agency") { Agency = Agency.Off },
        new ArmTerms("bids") { Agency = new Agency(0.02m, 0.1m, 200) },
        new ArmTerms("bids-and-place") { Agency = new Agency(0.02m, 0.1m, 200) { Exploration = new Exploration(1, 50) } },
    ],
};
var report = await Laboratory.RunAsync(scenario, args is [var folder, ..] ? folder : "item-launch");
foreach (var arm in report.Arms)
    Console.WriteLine($"{arm.Arm,-16} share of showings for new items {arm.Figures["newShare"]}");
