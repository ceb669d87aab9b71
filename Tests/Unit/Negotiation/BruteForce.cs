using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>The same rules by independent, plain code over every subset, and every order of it where a rule asks for one.</summary>
internal static class BruteForce
{
    public static double? Best(RuleSet rules, World world, int length, int[]? positives = null)
    {
        double? best = null;
        foreach (var slate in Slates(rules, world, length))
        {
            if (!Keeps(rules, world, slate))
                continue;
            var worth = Worth(rules, world, slate, positives);
            best = best is { } known ? Math.Max(known, worth) : worth;
        }
        return best;
    }

    public static bool Keeps(RuleSet rules, IFacetSource world, int[] slate) =>
        rules.Rules.All(rule => rule.Severity != RuleSeverity.Hard || Miss(rule, world, slate) == 0);

    /// <summary>How far a slate is from a rule's bounds.</summary>
    public static decimal Miss(Rule rule, IFacetSource world, int[] slate)
    {
        var value = Value(rule, world, slate);
        var (least, most) = Bounds(rule);
        return value is not { } number ? 0 : number < least ? least.Value - number : number > most ? number - most.Value : 0;
    }

    public static List<(string Rule, decimal Distance)> Relaxed(RuleSet rules, World world, int length)
    {
        var relaxed = new List<(string, decimal)>();
        var hard = rules.Rules.Where(rule => rule.Severity == RuleSeverity.Hard).OrderByDescending(rule => rule.Priority).ToList();
        var left = Slates(rules, world, length).ToList();
        var missed = new List<Rule>();
        foreach (var rule in hard)
        {
            var kept = left.Where(slate => Miss(rule, world, slate) == 0).ToList();
            if (kept.Count > 0)
                left = kept;
            else
                missed.Add(rule);
        }
        foreach (var rule in missed)
        {
            var nearest = left.Min(slate => Miss(rule, world, slate));
            // The bound moves on one side; among slates of the nearest distance only those within it remain.
            left = [.. left.Where(slate => Miss(rule, world, slate) <= nearest)];
            relaxed.Add((rule.Id, nearest));
        }
        return relaxed;
    }

    /// <summary>Every set, best first; where a rule is about order, in every order.</summary>
    public static IEnumerable<int[]> Slates(RuleSet rules, World world, int length)
    {
        var isOrdered = rules.Rules.Any(rule => rule.Type is RuleType.Gap or RuleType.Pin);
        foreach (var set in Subsets(world.Count, length))
        {
            int[] sorted = [.. set.OrderByDescending(handle => world.Candidates[handle].Utility)];
            foreach (var slate in isOrdered ? Orders(sorted) : [sorted])
                yield return slate;
        }
    }

    /// <summary>Sum of d(p) u less the penalties of soft rules.</summary>
    public static double Worth(RuleSet rules, World world, int[] slate, int[]? positives = null)
    {
        var worth = 0.0;
        for (var i = 0; i < slate.Length; i++)
            worth += world.Candidates[slate[i]].Utility / Math.Log2(i + 2);
        foreach (var rule in rules.Rules.Where(rule => rule.Severity == RuleSeverity.Soft))
        {
            worth -= (double)rule.Weight * (rule.Type == RuleType.Calibration
                ? Imbalance(rule.Facet!, world, slate, positives ?? [])
                : Miss(rule, world, slate) is > 0 and var miss ? Math.Min(1, (double)(miss / Room(rule, world, slate))) : 0);
        }
        return worth;
    }

    /// <summary>Half the L1 distance between the facet shares of a slate and of what the user took to.</summary>
    public static double Imbalance(string facet, IFacetSource world, int[] slate, int[] positives)
    {
        if (positives.Length == 0)
            return 0;
        var (own, target) = (Shares(facet, world, slate), Shares(facet, world, positives));
        return own.Keys.Union(target.Keys, StringComparer.Ordinal).Sum(value => Math.Abs(own.GetValueOrDefault(value) - target.GetValueOrDefault(value))) / 2;
    }

    private static Dictionary<string, double> Shares(string facet, IFacetSource world, int[] items) => items
        .SelectMany(handle =>
        {
            string[] values = world.Values(handle, facet) is { IsEmpty: false } own ? [.. own.Distinct(StringComparer.Ordinal)] : [""];
            return values.Select(value => (Value: value, Part: 1.0 / values.Length / items.Length));
        })
        .GroupBy(vote => vote.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(vote => vote.Part), StringComparer.Ordinal);

    private static (decimal? Least, decimal? Most) Bounds(Rule rule) => rule.Type switch
    {
        RuleType.Pin => (rule.AtLeast ?? 1, null),
        RuleType.Exclude or RuleType.Allow => (null, rule.AtMost ?? 0),
        _ => (rule.AtLeast, rule.AtMost),
    };

    /// <summary>What makes a whole violation.</summary>
    private static decimal Room(Rule rule, IFacetSource world, int[] slate)
    {
        var (least, most) = Bounds(rule);
        var isBelow = Value(rule, world, slate) < least;
        return rule.Type switch
        {
            RuleType.Gap => Math.Max(1, least!.Value - 1),
            RuleType.Share when !isBelow => Math.Max(0.000001m, 1 - most!.Value),
            RuleType.Total or RuleType.Average => Math.Max(1, Math.Abs(isBelow ? least!.Value : most!.Value)),
            RuleType.Distinct when !isBelow => Math.Max(1, most!.Value),
            _ => isBelow ? Math.Max(1, least!.Value) : Math.Max(1, slate.Length - most!.Value),
        };
    }

    /// <summary>The value; null where there is nothing to be bounded.</summary>
    private static decimal? Value(Rule rule, IFacetSource world, int[] slate)
    {
        var values = slate.Select(handle => world.Values(handle, rule.Facet!)).ToArray();
        bool Carries(int place) => values[place].Any(value => rule.Values.Contains(value));
        var carriers = Enumerable.Range(0, slate.Length).Count(Carries);
        decimal[] numbers = rule.Type is RuleType.Total or RuleType.Average ? [.. values.Where(own => !own.IsEmpty).Select(own => decimal.Parse(own[0], CultureInfo.InvariantCulture))] : [];
        return rule.Type switch
        {
            RuleType.Count when rule.ForEach => Extreme(rule, values),
            RuleType.Count => carriers,
            RuleType.Share when rule.ForEach => Extreme(rule, values) is { } extreme ? Part(extreme, slate.Length) : null,
            RuleType.Share => Part(carriers, slate.Length),
            RuleType.Distinct => values.SelectMany(own => own).Distinct(StringComparer.Ordinal).Count(),
            RuleType.Total => numbers.Sum(),
            RuleType.Average => numbers.Length == 0 ? null : Math.Floor((numbers.Average() * 1_000_000) + 0.5m) / 1_000_000,
            RuleType.Gap => Pairs(rule, values).Select(pair => (decimal?)(pair.Later - pair.Earlier)).Min(),
            RuleType.Pin => rule.Place <= slate.Length && Carries(rule.Place.Value - 1) ? 1 : 0,
            RuleType.Exclude => carriers,
            RuleType.Allow => slate.Length - carriers,
            _ => throw new NotSupportedException(rule.Type.ToString()),
        };
    }

    private static decimal Part(decimal count, int length) => Math.Round(count / length, 6, MidpointRounding.AwayFromZero);

    private static decimal? Extreme(Rule rule, System.Collections.Immutable.ImmutableArray<string>[] values)
    {
        int[] counts = [.. values.SelectMany(own => own).GroupBy(value => value, StringComparer.Ordinal).Select(group => group.Count())];
        return counts.Length == 0 ? rule.AtLeast is null ? 0 : null : rule.AtLeast is null ? counts.Max() : counts.Min();
    }

    private static IEnumerable<(int Earlier, int Later)> Pairs(Rule rule, System.Collections.Immutable.ImmutableArray<string>[] values) =>
        from later in Enumerable.Range(0, values.Length)
        from earlier in Enumerable.Range(0, later)
        where values[earlier].Intersect(values[later], StringComparer.Ordinal).Any(value => rule.Values.IsEmpty || rule.Values.Contains(value))
        select (earlier, later);

    private static IEnumerable<int[]> Subsets(int count, int length)
    {
        for (var bits = 0; bits < 1 << count; bits++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)bits) == length)
                yield return [.. Enumerable.Range(0, count).Where(i => (bits & (1 << i)) != 0)];
        }
    }

    private static IEnumerable<int[]> Orders(int[] set)
    {
        if (set.Length <= 1)
            return [set];
        return set.SelectMany(first => Orders([.. set.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));
    }
}
