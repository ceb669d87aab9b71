using System.CommandLine;
using AgentRec.Cli.Terminal;
using AgentRec.Simulation;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec simulate</c>: runs a scenario of simulated users against the agents.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("scenario") { Description = "The scenario, a YAML file; Simulation/examples has some.", HelpName = "SCENARIO.yaml" };
        var output = new Option<string>("--out") { Description = "The folder that results go to; it must not hold any.", HelpName = "DIR", Required = true };
        var threads = new Option<int>("--threads")
        {
            Description = "How busy the run may be: on one thread users come one after the other, on N up to 4 N at a time. It changes no result. The default, 0, is one for each processor.", HelpName = "N",
        };
        var seeds = new Option<int?>("--seeds") { Description = "How many worlds to draw, instead of the scenario's number.", HelpName = "N" };
        var resume = new Option<bool>("--resume") { Description = "Goes on where a run of this scenario into this folder was stopped; the results are the same as without the stop." };
        var command = new Command("simulate", "Runs a scenario: simulated users and item providers against the production agents, arms compared on the same luck.")
        {
            scenario, output, threads, seeds, resume,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(scenario)!, parsed.GetValue(output)!, parsed.GetValue(threads), parsed.GetValue(seeds), parsed.GetValue(resume), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, string output, int threads, int? seeds, bool resume, CancellationToken cancellationToken)
    {
        if (threads is < 0 or > 1_024)
            throw new CommandFailure($"--threads is {threads}: it must be a whole number from 0 to 1024.", ExitCode.Usage);
        if (seeds is < 1 or > Scenario.GreatestSeeds)
            throw new CommandFailure($"--seeds is {seeds}: it must be a whole number from 1 to {Scenario.GreatestSeeds}.", ExitCode.Usage);
        var scenario = await ReadAsync(file, cancellationToken);
        if (seeds is { } number)
            scenario = scenario with { Seeds = number };
        var report = await Laboratory.RunAsync(
            scenario, output, new LabOptions(threads, resume), new Say.Immediate<LabProgress>(step => Say.Progress(Line(step))), cancellationToken);
        LabTable.Print(report);
        Say.Progress($"results are in {Path.GetFullPath(output)}");
        return ExitCode.Done;
    }

    private static async Task<Scenario> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var reading = ScenarioReader.Read(await File.ReadAllTextAsync(file, cancellationToken), Path.GetDirectoryName(Path.GetFullPath(file)));
        return reading.Scenario
            ?? throw new CommandFailure($"{file} is not a valid scenario:\n{string.Join('\n', reading.Errors.Select(error => $"  {error.Path}: {error.Message}"))}", ExitCode.Usage);
    }

    private static string Line(LabProgress step) =>
        $"{step.Fraction,4:P0}  {step.Message}, {step.TurnsPerSecond:F0} turns a second{(step.Remaining is { } left ? $", about {(int)left.TotalHours}:{left:mm\\:ss} left" : "")}";
}
