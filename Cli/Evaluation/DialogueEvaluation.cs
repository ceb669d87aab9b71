using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AgentRec.Cli.Terminal;
using AgentRec.Grains.Offline.Dialogues;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Evaluation.Dialogues;
using AgentRec.Recommenders.Training;

namespace AgentRec.Cli.Evaluation;

/// <summary>Trains on a split, talks to its users, and refuses to report what a leak has made worthless.</summary>
internal static class DialogueEvaluation
{
    private const double Percent = 100;

    /// <summary>The strategies that can be listed.</summary>
    public static ImmutableArray<string> Strategies { get; } = [.. Enum.GetValues<AskStrategy>().Select(DialogueRun.Name)];

    /// <summary>The noises of an evaluation that lists none, as probabilities.</summary>
    public static ImmutableArray<double> Noises { get; } = [0, 0.25, 0.5];

    /// <summary>Runs.</summary>
    /// <param name="dataset">The data set's name in the report.</param>
    /// <param name="split">The split.</param>
    /// <param name="strategies">The strategies, by name.</param>
    /// <param name="noises">The probabilities of replies at random.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="json">Where to write the report; - for standard output; null: a table is printed only.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static int Run(
        string dataset, EvaluationSplit split, IReadOnlyList<string> strategies, IReadOnlyList<double> noises, ulong seed, string? json, CancellationToken cancellationToken)
    {
        var trained = ModelTrainer.Train(split.Catalogue, split.HoldOut, split.Data, new TrainingOptions { Seed = seed }, Say.Training(), cancellationToken);
        var said = 0;
        var report = new DialogueRun(trained.Model, AskTerms.Default, seed).Run(
            dataset, split, [.. strategies.Select(name => Enum.Parse<AskStrategy>(name, ignoreCase: true))], noises,
            new Say.Immediate<int>(done =>
            {
                if (done * 10 / split.Test.Length is var tenth && Interlocked.Exchange(ref said, tenth) != tenth)
                    Say.Progress(string.Create(CultureInfo.InvariantCulture, $"talked to {done} of {split.Test.Length} users"));
            }),
            new ParallelOptions { CancellationToken = cancellationToken });
        return Report(report, json);
    }

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="json">Where to; - for standard output; null: a table is printed only.</param>
    /// <returns>The exit code: a leak fails the run.</returns>
    public static int Report(DialogueReport report, string? json)
    {
        if (json is "-")
            Console.WriteLine(JsonSerializer.Serialize(report, EvaluationRun.Json));
        else
        {
            if (json is not null)
                File.WriteAllText(json, JsonSerializer.Serialize(report, EvaluationRun.Json));
            DialogueTable.Print(report);
        }
        if (report.Leaks == 0)
            return ExitCode.Done;
        Say.Warning(string.Create(CultureInfo.InvariantCulture, $"{report.Leaks} replies named what was wanted: the figures are worth nothing."));
        return ExitCode.Failed;
    }

    /// <summary>Reads a list of noises.</summary>
    /// <param name="values">Numbers, each value possibly several separated by commas: probabilities up to 1, percentages above.</param>
    /// <exception cref="CommandFailure">Something is no such number.</exception>
    public static IReadOnlyList<double> ReadNoises(string[]? values)
    {
        var noises = new List<double>();
        foreach (var text in (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var noise) || noise is not (>= 0 and <= Percent))
                throw new CommandFailure($"--noise: '{text}' is neither a probability from 0 to 1 nor a percentage up to 100.", ExitCode.Usage);
            noises.Add(noise > 1 || text.EndsWith('%') ? noise / Percent : noise);
        }
        return noises.Count == 0 ? Noises : [.. noises.Distinct()];
    }
}
