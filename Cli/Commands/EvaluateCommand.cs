using System.CommandLine;
using System.Text.Json;
using AgentRec.Cli.Terminal;
using AgentRec.Cli.Evaluation;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;
using AgentRec.Grains.Offline;
using AgentRec.Import;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec evaluate</c>: offline evaluation of baselines and of the negotiated pipeline on the same split.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data(required: true);
        var protocol = new Option<string>("--protocol") { Description = $"How each user's positives are cut into train, validation and test. With --dialogue the default is {EvaluationSplit.UserTemporal}." };
        protocol.AcceptOnlyFromAmong(EvaluationSplit.LeaveLastOut, EvaluationSplit.UserTemporal);
        var split = new Option<string>("--split") { Description = "A split to use instead: tab-separated user, item, timestamp, part (train, val, test), with that header.", HelpName = "FILE" };
        var models = new Option<string[]>("--models")
        {
            Description = $"Models, separated by commas: {string.Join(", ", EvaluationRun.Models)}. The default is all.", HelpName = "LIST", AllowMultipleArgumentsPerToken = true,
        };
        var policy = new Option<string>("--policy") { Description = "A rule set (YAML or JSON) to hold every slate against; item agents, who have no exposures offline, bid in a closed loop only. Without it no rule is in force.", HelpName = "FILE" };
        var periods = new Option<int?>("--closed-loop")
        {
            Description = "Replay this many periods in which simulated users consume what they are shown and models and exposure ledgers learn from it, with item agency on and off. Needs --policy.",
            HelpName = "N",
        };
        var coldUsers = new Option<bool>("--cold-users") { Description = "Evaluate new users instead: a third of the users is kept from training, and of each only the last one to three positives before the test are known." };
        var coldItems = new Option<bool>("--cold-items") { Description = "Evaluate new items instead: a tenth of the items is kept from training and histories, and only they are targets." };
        var dialogue = new Option<bool>("--dialogue") { Description = "Talk to simulated users instead, each with a held-out item in mind: how soon is it shown, by asking and without?" };
        var strategies = new Option<string[]>("--strategies")
        {
            Description = $"With --dialogue: how questions are chosen, separated by commas: {string.Join(", ", DialogueEvaluation.Strategies)}. The default is all.", HelpName = "LIST", AllowMultipleArgumentsPerToken = true,
        };
        var noise = new Option<string[]>("--noise")
        {
            Description = "With --dialogue: probabilities (or percentages) of replies at random, separated by commas. The default is 0,0.25,0.5.", HelpName = "LIST", AllowMultipleArgumentsPerToken = true,
        };
        var validation = new Option<bool>("--validation") { Description = "With --dialogue: use the validation part, with models that have not seen it. What is tuned is tuned here." };
        var seed = CommonOptions.Seed();
        var json = new Option<string>("--json") { Description = "Where to write the report as JSON; - for standard output.", HelpName = "FILE" };
        var command = new Command("evaluate", "Evaluates baselines and the full negotiated pipeline on the same split: full-catalogue ranking, all users, intervals by bootstrap.")
        {
            data, protocol, split, models, policy, periods, coldUsers, coldItems, dialogue, strategies, noise, validation, seed, json,
        };
        Option[] others = [models, policy, periods, coldUsers, coldItems];
        Option[] own = [strategies, noise, validation];
        command.Validators.Add(result =>
        {
            foreach (var option in (result.GetValue(dialogue) ? others : own).Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} says nothing {(result.GetValue(dialogue) ? "with" : "without")} --dialogue: leave it out.");
        });
        command.SetAction((parsed, cancellationToken) => Task.Run(() => parsed.GetValue(dialogue)
            ? Talk(
                parsed.GetValue(data)!, parsed.GetValue(protocol) ?? EvaluationSplit.UserTemporal, parsed.GetValue(split),
                ModelList.Read("--strategies", parsed.GetValue(strategies), DialogueEvaluation.Strategies), DialogueEvaluation.ReadNoises(parsed.GetValue(noise)),
                parsed.GetValue(validation), parsed.GetValue(seed), parsed.GetValue(json), cancellationToken)
            : Run(
            parsed.GetValue(data)!, parsed.GetValue(protocol) ?? throw new CommandFailure("--protocol is required.", ExitCode.Usage), parsed.GetValue(split), ModelList.Read("--models", parsed.GetValue(models), EvaluationRun.Models),
            parsed.GetValue(policy), parsed.GetValue(periods), Recut(parsed.GetValue(coldUsers), parsed.GetValue(coldItems)), parsed.GetValue(seed), parsed.GetValue(json),
            cancellationToken)));
        return command;
    }

    private static int Talk(
        string data, string protocol, string? split, IReadOnlyList<string> strategies, IReadOnlyList<double> noises, bool isValidation, ulong seed, string? json,
        CancellationToken cancellationToken)
    {
        var cut = ReadSplit(data, protocol, split, seed);
        return DialogueEvaluation.Run(NameOf(data), isValidation ? cut.BeforeTest() : cut, strategies, noises, seed, json, cancellationToken);
    }

    private static string NameOf(string data) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));

    private static int Run(
        string data, string protocol, string? split, IReadOnlyList<string> models, string? policy, int? periods, Func<EvaluationSplit, ulong, EvaluationSplit> recut, ulong seed,
        string? json, CancellationToken cancellationToken)
    {
        if (periods is < 1 or > ClosedLoopTerms.GreatestPeriods)
            throw new CommandFailure($"--closed-loop is {periods}: it must be a number of periods from 1 to {ClosedLoopTerms.GreatestPeriods}.", ExitCode.Usage);
        if (periods is not null && policy is null)
            throw new CommandFailure("--closed-loop needs --policy: slates are negotiated under a policy's rules, and item agents bid under its terms.", ExitCode.Usage);
        var rules = policy is null ? null : ReadPolicy(policy);
        var cut = recut(ReadSplit(data, protocol, split, seed), seed);
        var report = new EvaluationRun(seed, rules, periods ?? 0).Run(NameOf(data), cut, models, cancellationToken);
        if (json is "-")
        {
            Console.WriteLine(JsonSerializer.Serialize(report, EvaluationRun.Json));
            return ExitCode.Done;
        }
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(report, EvaluationRun.Json));
        ReportTable.Print(report);
        if (report.ClosedLoop is { } closedLoop)
            ClosedLoopTable.Print(closedLoop);
        return ExitCode.Done;
    }

    private static Func<EvaluationSplit, ulong, EvaluationSplit> Recut(bool coldUsers, bool coldItems) => (coldUsers, coldItems) switch
    {
        (true, true) => throw new CommandFailure("--cold-users and --cold-items are two questions: ask one at a time.", ExitCode.Usage),
        (true, false) => ColdStart.Users,
        (false, true) => ColdStart.Items,
        (false, false) => static (split, _) => split,
    };

    private static RuleSet ReadPolicy(string file)
    {
        var text = File.ReadAllText(file);
        var reading = text.AsSpan().TrimStart().StartsWith("{") ? RuleSetReader.ReadJson(text) : RuleSetReader.ReadYaml(text);
        return reading.RuleSet
            ?? throw new CommandFailure($"{file} is not a valid rule set:\n{string.Join('\n', reading.Errors.Select(error => $"  {error.Path}: {error.Message}"))}");
    }

    private static EvaluationSplit ReadSplit(string data, string protocol, string? split, ulong seed)
    {
        var folder = DataFolder.Open(data);
        Say.Progress($"reading {folder.Layout}");
        var rejections = new Rejections();
        var content = folder.ReadAll(rejections.Add);
        var catalogue = Catalogue.Create(content.Items);
        Say.Progress($"{content.Items.Count:N0} items, {content.Interactions.Count:N0} interactions, {rejections.Count:N0} rows left out");
        if (split is null)
            return EvaluationSplit.Cut(protocol, catalogue, content.Interactions, seed);
        using var reader = File.OpenText(split);
        try
        {
            return SplitFile.Read(reader, protocol, catalogue);
        }
        catch (InvalidDataException invalid)
        {
            throw new CommandFailure($"{split}: {invalid.Message}");
        }
    }
}
