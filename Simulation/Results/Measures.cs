using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Simulation;

/// <summary>Measures the periods of one arm in one world, one after the other.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="world">What is true.</param>
/// <param name="chance">The run's luck, which chose the targets of attacks.</param>
internal sealed class Measures(Scenario scenario, World world, Chance chance)
{
    private readonly Dictionary<int, Dictionary<string, int>> _taken = [];
    private readonly HashSet<int> _tail = Tail(world);
    private readonly HashSet<int> _pushed = Pushed(scenario, world, chance);
    private readonly string[] _providers = [.. world.Items.Select(item => item.Provider ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Measures a period.</summary>
    /// <param name="period">The period; the next one is the next to be measured.</param>
    /// <param name="rows">Its rows.</param>
    /// <returns>By name; a figure that the period has nothing to say about is missing.</returns>
    public Dictionary<string, double> Of(int period, PeriodRows rows)
    {
        var present = world.Present(period);
        var shown = new int[present];
        foreach (var row in rows.Items)
            shown[row.Reading.Item]++;
        var figures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["turns"] = rows.Turns.Length,
            ["exit"] = (double)rows.Away / world.Users.Length,
        };
        if (rows.Turns.Length > 0)
        {
            figures["success"] = rows.Turns.Average(turn => turn.Success ? 1 : 0);
            figures["satisfaction"] = rows.Turns.Average(turn => turn.Satisfaction);
            figures["taken"] = rows.Turns.Average(turn => turn.Taken);
            figures["questions"] = rows.Turns.Average(turn => turn.Questions);
            figures["regret"] = rows.Turns.Average(turn => turn.Regret);
            figures["hr"] = rows.Turns.Average(turn => turn.Hit ? 1 : 0);
            figures["ndcg"] = rows.Turns.Average(turn => turn.Ndcg);
            figures["utilityKept"] = rows.Turns.Average(turn => turn.UtilityKept);
        }
        if (rows.Turns.Any(turn => turn.StoodIn is not null))
            figures["stoodIn"] = rows.Turns.Average(turn => turn.StoodIn is true ? 1 : 0);
        if (rows.Items.Length > 0)
        {
            figures["coverage"] = Concentration.Coverage(shown);
            figures["gini"] = Concentration.Gini(shown);
            figures["tailShare"] = Share(rows, _tail.Contains);
            figures["newShare"] = Share(rows, item => world.Arrives[item] > 0);
            figures["providerGini"] = ProviderGini(shown);
            var slates = Slates(rows).ToArray();
            figures["diversity"] = slates.Average(slate => SlateDiversity.Of([.. slate.Select(item => world.Genres[item])]));
            figures["shownEntropy"] = rows.Items.GroupBy(row => row.User).Average(user => Concentration.Entropy(user.Select(row => First(row.Reading.Item))));
            if (_pushed.Count > 0)
                figures["targetShare"] = Share(rows, _pushed.Contains);
        }
        foreach (var row in rows.Items)
        {
            if (row.Reading.Rating is null)
                continue;
            if (!_taken.TryGetValue(row.User, out var genres))
                _taken.Add(row.User, genres = new Dictionary<string, int>(StringComparer.Ordinal));
            genres[First(row.Reading.Item)] = genres.GetValueOrDefault(First(row.Reading.Item)) + 1;
        }
        if (_taken.Count > 0)
            figures["takenEntropy"] = _taken.OrderBy(user => user.Key).Average(user => Concentration.Entropy(user.Value.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)));
        if (rows.Screening is { } screening)
        {
            if (screening.Invented > 0)
                figures["detection"] = (double)screening.Found / screening.Invented;
            figures["falseAlarms"] = (double)screening.Alarms / screening.Real;
        }
        return figures;
    }

    private static double Share(PeriodRows rows, Func<int, bool> counts) => rows.Items.Average(row => counts(row.Reading.Item) ? 1.0 : 0.0);

    private static IEnumerable<int[]> Slates(PeriodRows rows)
    {
        for (var from = 0; from < rows.Items.Length;)
        {
            var to = from + 1;
            while (to < rows.Items.Length && rows.Items[to].User == rows.Items[from].User && rows.Items[to].Turn == rows.Items[from].Turn)
                to++;
            yield return [.. rows.Items[from..to].Select(row => row.Reading.Item)];
            from = to;
        }
    }

    private double ProviderGini(int[] shown)
    {
        var rates = new List<double>();
        foreach (var provider in _providers)
        {
            var items = Enumerable.Range(0, shown.Length).Where(item => string.Equals(world.Items[item].Provider ?? "", provider, StringComparison.Ordinal)).ToArray();
            if (items.Length > 0)
                rates.Add((double)items.Sum(item => shown[item]) / items.Length);
        }
        return Concentration.Gini(rates);
    }

    private string First(int item) => world.Genres[item] is [var first, ..] ? first : "";

    private static HashSet<int> Tail(World world)
    {
        var counts = new int[world.Items.Length];
        foreach (var past in world.Past.SelectMany(past => past))
            counts[past.Item]++;
        var present = world.Present(0);
        var median = counts[..present].Order().ElementAt(present / 2);
        return [.. Enumerable.Range(0, world.Items.Length).Where(item => item >= present || counts[item] < median)];
    }

    private static HashSet<int> Pushed(Scenario scenario, World world, Chance chance)
    {
        var pushed = new HashSet<int>();
        if (scenario.Events.OfType<AttackEvent>().Count() is > 0 and var attacks)
            pushed.UnionWith(Enumerable.Range(0, attacks).Select(new Shilling(ItemRatings.Of(world), chance).Target));
        // Of all arms: an honest twin has the same targets.
        var acting = scenario.Arms.SelectMany(arm => arm.Providers ?? scenario.Providers).Where(provider => provider.Strategy is not ProviderStrategy.Honest).Select(provider => provider.Provider).ToHashSet(StringComparer.Ordinal);
        pushed.UnionWith(Enumerable.Range(0, world.Items.Length).Where(item => acting.Contains(world.Items[item].Provider ?? "")));
        return pushed;
    }
}
