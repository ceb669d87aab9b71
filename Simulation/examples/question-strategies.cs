#:project ../Simulation.csproj
#:property PublishAot=false
// New users of whom hardly anything is known. Do questions help, and which? dotnet run Simulation/examples/question-strategies.cs [DIR] [--seeds N]
using AgentRec.Domain;
using AgentRec.Simulation;

await Experiment.RunAsync(
    new Scenario
    {
        Name = "question-strategies", Seed = 19, Seeds = 5, Periods = 4, RetrainEvery = 0,
        World = new SyntheticTerms { Users = 200, Items = 400, Genres = 12, RatingsPerUser = 5 },
        Arms = [new ArmTerms("no-questions") { Questions = QuestionMode.Never }, Asking("entropy", "Entropy"), Asking("thompson", "Thompson"), Asking("random", "Random")],
    },
    args, "questions", "success", "regret", "ndcg");

static ArmTerms Asking(string name, string strategy)
{
    var arm = new ArmTerms(name) { Questions = QuestionMode.Eager };
    return arm with { Settings = arm.Settings.Add("Dialogue:Strategy", strategy) };
}
