using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Simulation;

/// <summary>What a program of one file needs beside its scenario: arguments, rule sets as text, and a table at the end.</summary>
public static class Experiment
{
    /// <summary>Runs a scenario as the arguments say, and prints a table of figures with their intervals and where each is drawn; how far it is goes to standard error.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="args"><c>[DIR] [--seeds N] [--periods N] [--users N] [--threads N] [--resume]</c>: where results go, by default a folder of the scenario's name, how large the
    /// run is, and whether to go on with one that was stopped. <c>--digest FILE</c> writes the scenario's digest, as in <c>manifest.json</c>, to a file, and runs nothing.</param>
    /// <param name="figures">Names of figures, see <see cref="Metric.All"/>.</param>
    /// <returns>The report; null where nothing was run.</returns>
    /// <exception cref="SimulationException">An argument is not known, or the run could not be.</exception>
    public static async Task<LabReport?> RunAsync(Scenario scenario, string[] args, params string[] figures)
    {
        var (folder, options) = (scenario.Name, new LabOptions());
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--digest":
                    await File.WriteAllTextAsync(Argument(args, ++i), scenario.Digest());
                    return null;
                case "--seeds":
                    scenario = scenario with { Seeds = Number(args, ++i) };
                    break;
                case "--periods":
                    var periods = Number(args, ++i);
                    scenario = scenario with { Periods = periods, Events = [.. scenario.Events.Where(happening => happening.Period <= periods)] };
                    break;
                case "--users" when scenario.World is SyntheticTerms world:
                    scenario = scenario with { World = world with { Users = Number(args, ++i) } };
                    break;
                case "--threads":
                    options = options with { Threads = Number(args, ++i) };
                    break;
                case "--resume":
                    options = options with { Resume = true };
                    break;
                case ['-', '-', ..]:
                    throw new SimulationException($"{args[i]} is not known: there are --seeds, --periods, --users, --threads, --resume and --digest.");
                default:
                    folder = args[i];
                    break;
            }
        }
        var report = await Laboratory.RunAsync(scenario, folder, options, new Progress());
        Console.Out.WriteLine(report.Table(figures));
        foreach (var figure in figures)
            Console.Out.WriteLine(Path.Combine(folder, "figures", $"{figure}.svg"));
        return report;
    }

    /// <summary>A rule set, as a policy file states it.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <exception cref="SimulationException">It is not valid.</exception>
    public static RuleSet Policy(string yaml)
    {
        var reading = RuleSetReader.ReadYaml(yaml);
        return reading.RuleSet ?? throw new SimulationException($"The rule set is not valid: {string.Join("; ", reading.Errors.Select(error => $"{error.Path} {error.Message}"))}");
    }

    /// <summary>Tells people how far a run is, as it happens.</summary>
    private sealed class Progress : IProgress<LabProgress>
    {
        public void Report(LabProgress value) => Console.Error.WriteLine(value);
    }

    private static int Number(string[] args, int place) =>
        int.TryParse(Argument(args, place), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SimulationException($"{args[place - 1]} is '{args[place]}': it must be a whole number.");

    private static string Argument(string[] args, int place) =>
        place < args.Length ? args[place] : throw new SimulationException($"{args[^1]} needs a value.");
}
