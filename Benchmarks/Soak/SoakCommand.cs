using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace AgentRec.Benchmarks.Soak;

/// <summary><c>soak</c>: whether memory stays what it is.</summary>
internal static class SoakCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var minutes = Number("--minutes", "For how long", 30, 3, 1_440);
        var rate = Number("--rate", "Turns a second, each with an interaction", 20, 1, 1_000);
        var users = Number("--users", "Users, who have 200 interactions each when it begins and come one after the other; they must come again within two minutes", 500, 10, 100_000);
        var json = new Option<string>("--json") { Description = "Where to write the report as JSON.", HelpName = "FILE" };
        var command = new Command("soak", "Takes turns at a low rate in a silo of this process, prints its memory every minute, and fails where it grows.") { minutes, rate, users, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SoakTerms(parsed.GetValue(minutes), parsed.GetValue(rate), parsed.GetValue(users)), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SoakTerms terms, string? json, CancellationToken cancellationToken)
    {
        if (terms.Users > terms.Rate * 100)
            throw new BenchmarkFailure($"{terms.Users} users at {terms.Rate} turns a second would fall asleep in between: at most {terms.Rate * 100}.");
        Say("minute     turns   heap MiB   resident MiB   user agents   sessions   KiB of heap for each user awake");
        var report = await new SoakBenchmark(terms).RunAsync(
            static minute => Say($"{minute.Minute,6} {minute.Turns,9} {minute.HeapMebibytes,10:F1} {minute.ResidentMebibytes,14:F0} {minute.UserAgents,13} {minute.Sessions,10} {minute.KibibytesPerUser,10:F1}"),
            cancellationToken);
        if (json is not null)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, Json), cancellationToken);
        Say($"from minute {report.Judged[0].Minute} on: heap {report.HeapGrowth:+0.0%;-0.0%;0.0%} ({report.HeapBytesPerTurn} bytes a turn), resident {report.ResidentGrowth:+0.0%;-0.0%;0.0%}; {report.Failed} turns failed, {report.Late} began late");
        Say($"{(report.IsFlat ? "flat" : "NOT flat")}: at most {SoakReport.Tolerance:P0} of growth and no failure are allowed");
        return report.IsFlat ? 0 : 1;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);

    private static Option<int> Number(string name, string description, int usual, int least, int greatest)
    {
        var option = new Option<int>(name) { Description = $"{description}; {least} to {greatest}.", HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && (number < least || number > greatest))
                result.AddError($"{name} must be from {least} to {greatest}.");
        });
        return option;
    }
}
