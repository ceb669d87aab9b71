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
        var lab = new LabCommandOptions();
        var cluster = new Option<string>("--cluster")
        {
            Description = "A live cluster to run one arm and one seed against, over its HTTP API. It promises neither virtual time nor repetition, and keeps the users of the run.", HelpName = "URL",
        };
        var command = new Command("simulate", "Runs a scenario: simulated users and item providers against the production agents, arms compared on the same luck.") { scenario, cluster };
        lab.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            lab.Check(parsed);
            var address = parsed.GetValue(cluster) is { } url ? StoreOrNode.Address(url, "--cluster") : null;
            return await lab.RunAsync(parsed, await ReadAsync(parsed.GetValue(scenario)!, cancellationToken), LabTable.Print, cancellationToken, address);
        });
        return command;
    }

    private static async Task<Scenario> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var reading = ScenarioReader.Read(await File.ReadAllTextAsync(file, cancellationToken), Path.GetDirectoryName(Path.GetFullPath(file)));
        return reading.Scenario
            ?? throw new CommandFailure($"{file} is not a valid scenario:\n{string.Join('\n', reading.Errors.Select(error => $"  {error.Path}: {error.Message}"))}", ExitCode.Usage);
    }
}
