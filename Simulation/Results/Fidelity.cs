using System.Collections.Immutable;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Simulation;

/// <summary>How far simulated people are from the real ones of a data set.</summary>
/// <param name="Arm">The arm that they were simulated in.</param>
/// <param name="Seed">The world.</param>
/// <param name="Marginals">By name.</param>
public sealed record FidelityReport(string Arm, int Seed, ImmutableArray<Marginal> Marginals);

/// <summary>One distribution, real and simulated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What is distributed, in a sentence.</param>
/// <param name="Real">How many real values there are.</param>
/// <param name="Simulated">How many simulated values there are.</param>
/// <param name="RealMean">Their mean.</param>
/// <param name="SimulatedMean">Their mean.</param>
/// <param name="Distance">The Kolmogorov-Smirnov distance: the greatest difference of the distribution functions, 0 to 1.</param>
public sealed record Marginal(string Name, string Meaning, int Real, int Simulated, double RealMean, double SimulatedMean, double Distance);

/// <summary>Compares what simulated users do with what the users of their data set did.</summary>
internal sealed class Fidelity
{
    private readonly World _world;
    private readonly Dictionary<int, List<int>> _taken = [];
    private readonly List<double> _ratings = [];
    private readonly List<double> _sessions = [];

    /// <summary>Starts to compare.</summary>
    /// <param name="world">A world from data.</param>
    public Fidelity(World world) => _world = world;

    /// <summary>Takes a period in.</summary>
    public void Add(PeriodRows rows)
    {
        foreach (var session in rows.Items.Where(row => row.Reading.Rating is not null).GroupBy(row => row.User))
        {
            if (!_taken.TryGetValue(session.Key, out var items))
                _taken.Add(session.Key, items = []);
            items.AddRange(session.Select(row => row.Reading.Item));
            _ratings.AddRange(session.Select(row => row.Reading.Rating!.Value));
            _sessions.Add(session.Count());
        }
    }

    /// <summary>The distributions, real and simulated, each sorted.</summary>
    public IEnumerable<(string Name, string Meaning, double[] Real, double[] Simulated)> Distributions()
    {
        var real = _world.Past;
        int[][] simulated = [.. _taken.OrderBy(user => user.Key).Select(user => user.Value.ToArray())];
        yield return Sorted("ratings", "Ratings.", real.SelectMany(past => past).Select(past => past.Rating), _ratings);
        // Those who never took anything count: the real ones are all users with ratings, so they are compared with all simulated ones.
        var absent = Enumerable.Repeat(0.0, real.Length - simulated.Length);
        yield return Sorted("activity", "Ratings of a user over the mean of all users.", Relative(real.Select(past => (double)past.Length)), Relative(simulated.Select(items => (double)items.Length).Concat(absent)));
        var counts = new int[_world.Items.Length];
        foreach (var past in real.SelectMany(past => past))
            counts[past.Item]++;
        var greatest = Math.Max(1, counts.Max());
        yield return Sorted(
            "popularity", "Real ratings of what was rated, over the greatest number.", real.SelectMany(past => past).Select(past => Part(past.Item)), simulated.SelectMany(items => items).Select(Part));
        yield return Sorted(
            "genreEntropy", "Entropy in bits of the first genres of what a user rated.",
            real.Select(past => Entropy(past.Select(one => one.Item))), simulated.Select(Entropy));
        yield return Sorted("sessionLength", "Ratings in a session; real ones end with half an hour's pause.", real.SelectMany(ActivityFit.Sessions).Select(length => (double)length), _sessions);

        double Part(int item) => counts[item] / (double)greatest;
    }

    /// <summary>How far both are apart.</summary>
    public FidelityReport Report(string arm, int seed) => new(arm, seed,
    [
        .. Distributions().Select(one => new Marginal(
            one.Name, one.Meaning, one.Real.Length, one.Simulated.Length, one.Real.DefaultIfEmpty().Average(), one.Simulated.DefaultIfEmpty().Average(), Distance(one.Real, one.Simulated))),
    ]);

    /// <summary>The greatest difference of two distribution functions.</summary>
    /// <param name="x">Sorted values.</param>
    /// <param name="y">Sorted values.</param>
    public static double Distance(double[] x, double[] y)
    {
        if (x.Length == 0 || y.Length == 0)
            return 1;
        var (i, j, greatest) = (0, 0, 0.0);
        while (i < x.Length && j < y.Length)
        {
            var at = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= at)
                i++;
            while (j < y.Length && y[j] <= at)
                j++;
            greatest = Math.Max(greatest, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }
        return greatest;
    }

    private static (string, string, double[], double[]) Sorted(string name, string meaning, IEnumerable<double> real, IEnumerable<double> simulated) =>
        (name, meaning, [.. real.Order()], [.. simulated.Order()]);

    private static double[] Relative(IEnumerable<double> counts)
    {
        double[] all = [.. counts];
        var mean = all.Average();
        return [.. all.Select(one => mean == 0 ? 0 : one / mean)];
    }

    private double Entropy(IEnumerable<int> items) => Concentration.Entropy(items.Select(item => _world.Genres[item] is [var first, ..] ? first : ""));
}
