using System.CommandLine;
using System.Globalization;
using AgentRec.Cli.Terminal;
using AgentRec.Simulation;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec audit</c>: measures what should hold whatever is recommended. All but the screen are scenarios that are ready to run.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Measures what should hold whatever is recommended.")
    {
        Ready(ReadyAudits.Sensitivity, "sensitivity", "Whether slates change when users say who they are and nothing else does: SNSR and SNSV over Jaccard and pairwise similarity.", SensitivityTable.Print),
        Ready(ReadyAudits.Groups, "groups", "What kinds of people get out of their slates, and how exposure is spread over providers, under three policies.", GroupTable.Print),
        Ready(ReadyAudits.Manipulation, "manipulation", "What a provider gains by keyword stuffing or invented users over its honest twin, on the same luck: the lift of its exposure.", LabTable.Print),
        Screen(),
    };

    private static Command Ready(string audit, string name, string description, Action<LabReport> print)
    {
        var lab = new LabCommandOptions();
        var command = new Command(name, description);
        lab.AddTo(command);
        command.SetAction((parsed, cancellationToken) => lab.RunAsync(parsed, ReadyAudits.Read(audit), print, cancellationToken));
        return command;
    }

    private static Command Screen()
    {
        var data = CommonOptions.Data(required: true);
        var trials = new Option<int>("--trials") { Description = "How many attacks of each kind, share and filler, each on a target of its own.", HelpName = "N", DefaultValueFactory = _ => 5 };
        var seed = CommonOptions.Seed();
        var command = new Command("screen", "Puts profiles of invented users among real ones, of five kinds and one to five percent, and counts whom the screen finds.") { data, trials, seed };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed.GetValue(data)!, parsed.GetValue(trials), parsed.GetValue(seed), cancellationToken)));
        return command;
    }

    private static int Run(string data, int trials, ulong seed, CancellationToken cancellationToken)
    {
        if (trials is < 1 or > 1_000)
            throw new CommandFailure($"--trials is {trials}: it must be a whole number from 1 to 1000.", ExitCode.Usage);
        Say.Progress("putting invented users among the real ones");
        var table = new Table().AddColumns("profile", "invented users", "newcomers", "attacks", "found", "false alarms");
        foreach (var (profile, share, newcomers, attacks, detection, falseAlarms) in ScreenTrial.Run(data, trials, seed, cancellationToken))
        {
            table.AddRow(
                profile?.ToString().ToLowerInvariant() ?? "none", share.ToString("P0", CultureInfo.InvariantCulture), newcomers.ToString("P0", CultureInfo.InvariantCulture), attacks.ToString(CultureInfo.InvariantCulture),
                detection?.ToString("P1", CultureInfo.InvariantCulture) ?? "", falseAlarms.ToString("P2", CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
        return ExitCode.Done;
    }
}
