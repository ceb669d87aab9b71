using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using AgentRec.Cli.Hosting;
using AgentRec.Cli.Load;
using AgentRec.Cli.Terminal;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec bench</c>: puts a running cluster under a constant load and measures.</summary>
internal static class BenchCommand
{
    private const double GreatestRate = 100_000;
    private const double GreatestSeconds = 86_400;

    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = $"The address of a node or gateway. Where it needs an access key, {NodeClient.KeyVariable} holds one with the scopes 'sessions' and 'ingest'.", HelpName = "URL", Required = true,
        };
        var rate = new Option<string>("--rate") { Description = "Requests a second that start whatever became of those before; several are measured one after the other.", HelpName = "N[,N...]", Required = true };
        var duration = Seconds("--duration", "How many seconds each rate is measured.", 0, required: true);
        var json = new Option<string>("--json") { Description = "Where to write the report; the plot goes beside it, as SVG.", HelpName = "FILE", Required = true };
        var warmUp = Seconds("--warm-up", "How many seconds each rate runs unmeasured before.", 3, required: false);
        var timeout = Seconds("--timeout", "After how many seconds a request is given up.", 30, required: false);
        var users = Count("--users", "How many users, each with a session; they are new ones, with ten interactions each.", 200, 1_000_000);
        var ingestion = Count("--batch", "How many interactions a request of ingestion holds.", 10, 10_000);
        var inFlight = Count("--in-flight", "How many requests may be under way; those that are due beyond are not sent, and counted.", 1_000, 100_000);
        var mix = new Option<string>("--mix") { Description = "In what parts the load is made of turns, feedback and ingestion.", HelpName = "LIST", DefaultValueFactory = _ => RequestMix.Default.ToString() };
        var seed = CommonOptions.Seed();
        var command = new Command("bench", "Puts a running cluster under a constant load of turns, feedback and ingestion, and measures latencies from when each request was to start.")
        {
            url, rate, duration, json, users, mix, ingestion, inFlight, warmUp, timeout, seed,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var terms = new LoadTerms(
                Rates(parsed.GetValue(rate)!), parsed.GetValue(duration), parsed.GetValue(warmUp), parsed.GetValue(users), Mix(parsed.GetValue(mix)!),
                parsed.GetValue(ingestion), parsed.GetValue(inFlight), Positive(timeout, parsed.GetValue(timeout)), parsed.GetValue(seed));
            Positive(duration, terms.Seconds);
            if (terms.Rates.FirstOrDefault(one => new ArrivalSchedule(one, TimeSpan.FromSeconds(terms.Seconds)).Count == 0) is > 0 and var none)
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"--rate: {none} requests a second for {terms.Seconds} s are none."));
            return RunAsync(StoreOrNode.Address(parsed.GetValue(url)!), terms, parsed.GetValue(json)!, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Uri target, LoadTerms terms, string json, CancellationToken cancellationToken)
    {
        var plot = Path.ChangeExtension(json, ".svg");
        if (string.Equals(plot, json, StringComparison.Ordinal))
            throw Wrong("--json: the plot would take the report's place; name a file that does not end in .svg.");
        // What cannot be written is found out before the load, not after it.
        foreach (var file in new[] { json, plot })
            await using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write))
            {
                // It can be written; what it holds stays until there is something better.
            }
        var report = await new LoadRun(target, terms, TimeProvider.System, Say.Progress).RunAsync(cancellationToken);
        await File.WriteAllTextAsync(json, report.ToJson(), cancellationToken);
        await File.WriteAllTextAsync(plot, LatencyPlot.Draw(report), cancellationToken);
        LoadTable.Print(report);
        return ExitCode.Done;
    }

    private static Option<double> Seconds(string name, string description, double usual, bool required)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "S", Required = required };
        if (!required)
            option.DefaultValueFactory = _ => usual;
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= 0 and <= GreatestSeconds))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number of seconds up to {GreatestSeconds}."));
        });
        return option;
    }

    private static Option<int> Count(string name, string description, int usual, int greatest)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (result.GetValueOrDefault<int>() is var count) && (count < 1 || count > greatest))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be from 1 to {greatest}."));
        });
        return option;
    }

    private static double Positive(Option<double> option, double seconds) => seconds > 0 ? seconds : throw Wrong($"{option.Name} must be more than 0 seconds.");

    private static ImmutableArray<double> Rates(string text)
    {
        var rates = ImmutableArray.CreateBuilder<double>();
        foreach (var one in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(one, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate is not (> 0 and <= GreatestRate))
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"--rate: '{one}' is not a number of requests a second, more than 0 and at most {GreatestRate}."));
            rates.Add(rate);
        }
        return rates.ToImmutable();
    }

    private static RequestMix Mix(string text) => RequestMix.Read(text) ?? throw Wrong($"--mix: '{text}' is not a mix such as {RequestMix.Default}.");

    private static CommandFailure Wrong(string message) => new(message, ExitCode.Usage);
}
