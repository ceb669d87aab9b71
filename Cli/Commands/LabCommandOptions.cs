using System.CommandLine;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Terminal;
using AgentRec.Simulation;

namespace AgentRec.Cli.Commands;

/// <summary>What every command that runs a scenario can be told.</summary>
internal sealed class LabCommandOptions
{
    private readonly Option<string> _output = new("--out") { Description = "The folder that results go to; it must not hold any.", HelpName = "DIR", Required = true };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "How busy the run may be: on one thread users come one after the other, on N up to 4 N at a time. It changes no result. The default, 0, is one for each processor.", HelpName = "N",
    };

    private readonly Option<int?> _seeds = new("--seeds") { Description = "How many worlds to draw, instead of the scenario's number.", HelpName = "N" };

    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on where a run of this scenario into this folder was stopped; the results are the same as without the stop." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_threads);
        command.Add(_seeds);
        command.Add(_resume);
    }

    /// <summary>Whether what was given can be; else says why not.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandFailure">A value is out of range.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_threads) is < 0 or > 1_024)
            throw new CommandFailure($"--threads is {parsed.GetValue(_threads)}: it must be a whole number from 0 to 1024.", ExitCode.Usage);
        if (parsed.GetValue(_seeds) is < 1 or > Scenario.GreatestSeeds)
            throw new CommandFailure($"--seeds is {parsed.GetValue(_seeds)}: it must be a whole number from 1 to {Scenario.GreatestSeeds}.", ExitCode.Usage);
    }

    /// <summary>Runs a scenario.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="print">Prints what came of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="cluster">A cluster that serves, to run it against; null: agents in this process.</param>
    public async Task<int> RunAsync(ParseResult parsed, Scenario scenario, Action<LabReport> print, CancellationToken cancellationToken, Uri? cluster = null)
    {
        Check(parsed);
        if (parsed.GetValue(_seeds) is { } number)
            scenario = scenario with { Seeds = number };
        var output = parsed.GetValue(_output)!;
        await using var brains = Brains.Of(scenario);
        var options = new LabOptions(parsed.GetValue(_threads), parsed.GetValue(_resume)) { Brains = brains.All };
        var progress = new Say.Immediate<LabProgress>(step => Say.Progress($"{step}"));
        LabReport report;
        if (cluster is null)
        {
            report = await Laboratory.RunAsync(scenario, output, options, progress, cancellationToken);
        }
        else
        {
            Say.Warning("A live cluster promises neither virtual time nor repetition, and keeps the users of this run.");
            using var http = new HttpClient { BaseAddress = cluster, Timeout = TimeSpan.FromSeconds(60) };
            NodeClient.Authorize(http);
            report = await LiveLaboratory.RunAsync(scenario, output, http, options, progress, cancellationToken);
        }
        print(report);
        Say.Progress($"results are in {Path.GetFullPath(output)}");
        return ExitCode.Done;
    }
}
