using System.Runtime.InteropServices;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Benchmarks.Tools;

/// <summary>Fitting: iALS against the textbook's loops, EASE against numpy, each on the same interactions.</summary>
internal static class TrainingBenchmark
{
    private const int Rounds = 3;
    private const int Factors = 64;
    private const double Unobserved = 0.1;
    private const double Regularisation = 0.01;
    private const int Lambda = 100;

    /// <summary>Measures.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) =>
        [ImplicitAls(new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }), await EaseAsync(cancellationToken)];

    private static Figure ImplicitAls(ParallelOptions workers)
    {
        // Debian has no package of the library "implicit": the reference is the paper's formula, written down as it stands.
        var data = SyntheticData.Draw(users: 20_000, items: 10_000, mean: 50);
        var parameters = new ImplicitAlsParameters(Factors, Unobserved, Regularisation, Epochs: 1);
        ImplicitAlsScorer.Fit(SyntheticData.Draw(500, 500, 20), parameters, 0, workers);
        var (ours, formula) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Stopwatches.Seconds(() => ImplicitAlsScorer.Fit(data, parameters, 0, workers)));
            formula.Add(Stopwatches.Seconds(() => ImplicitAlsFormula.Epoch(data, Factors, (float)Unobserved, (float)Regularisation, workers)));
        }
        return Figure.Against(
            $"iALS, {Factors} factors, an epoch on {data.Positives / 1e6:0.00} million interactions, two threads, against the formula in plain loops",
            Stopwatches.Median(ours), "s", Stopwatches.Median(formula));
    }

    private static async Task<Figure> EaseAsync(CancellationToken cancellationToken)
    {
        const int users = 3_000, items = 1_000;
        var data = SyntheticData.Draw(users, items, mean: 40);
        int[] pairs = [.. data.Users.SelectMany((history, user) => history.Items.SelectMany(item => new[] { user, item }))];
        var ours = new List<double>();
        for (var round = 0; round <= Rounds; round++)
            ours.Add(Stopwatches.Seconds(() => EaseScorer.Fit(data, new EaseParameters(Lambda), new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellationToken })));
        var peer = await Peers.RunAsync("ease", MemoryMarshal.AsBytes(pairs.AsSpan()).ToArray(), [users, items, Lambda], cancellationToken);
        var name = $"EASE, {users} users x {items} items, one thread, against numpy";
        return peer is { } found
            ? Figure.Against(name, Stopwatches.Median(ours), "s", found.GetProperty("seconds").GetDouble())
            : new Figure(name, Math.Round(Stopwatches.Median(ours), 3), "s");
    }
}
