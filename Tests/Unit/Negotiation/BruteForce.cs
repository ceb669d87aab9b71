using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>The same rules by independent, plain code over every subset.</summary>
internal static class BruteForce
{
    public static double? Best(RuleSet rules, World world, int length)
    {
        double? best = null;
        foreach (var set in Subsets(world.Count, length))
        {
            if (!Keeps(rules, world, set))
                continue;
            var worth = Worth(rules, world, set);
            best = best is { } known ? Math.Max(known, worth) : worth;
        }
        return best;
    }

    public static bool Keeps(RuleSet rules, World world, int[] set) =>
        rules.Rules.All(rule => rule.Severity != RuleSeverity.Hard || Miss(rule, world, set) == 0);

    /// <summary>How far a slate is from a rule's bounds.</summary>
    public static decimal Miss(Rule rule, IFacetSource world, int[] set)
    {
        var value = Value(rule, world, set);
        return value < rule.AtLeast ? rule.AtLeast.Value - value : value > rule.AtMost ? value - rule.AtMost.Value : 0;
    }

    public static List<(string Rule, decimal Distance)> Relaxed(RuleSet rules, World world, int length)
    {
        var relaxed = new List<(string, decimal)>();
        var hard = rules.Rules.Where(rule => rule.Severity == RuleSeverity.Hard).OrderByDescending(rule => rule.Priority).ToList();
        var slates = Subsets(world.Count, length).ToList();
        var left = slates;
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

    private static double Worth(RuleSet rules, World world, int[] set)
    {
        var utilities = set.Select(handle => world.Candidates[handle].Utility).OrderDescending().ToArray();
        var worth = 0.0;
        for (var i = 0; i < utilities.Length; i++)
            worth += utilities[i] / Math.Log2(i + 2);
        foreach (var rule in rules.Rules.Where(rule => rule.Severity == RuleSeverity.Soft))
        {
            var miss = (double)Miss(rule, world, set);
            var room = rule.AtLeast is { } least ? (double)Math.Max(1, least) : Math.Max(1, set.Length - (double)rule.AtMost!.Value);
            worth -= (double)rule.Weight * Math.Min(1, miss / room);
        }
        return worth;
    }

    private static decimal Value(Rule rule, IFacetSource world, int[] set)
    {
        var values = set.Select(handle => world.Values(handle, rule.Facet!)).ToArray();
        return rule.Type switch
        {
            RuleType.Count when rule.ForEach => Extreme(rule, [.. values.SelectMany(own => own).GroupBy(value => value, StringComparer.Ordinal).Select(group => group.Count())]),
            RuleType.Count => values.Count(own => own.Any(value => rule.Values.Contains(value))),
            RuleType.Distinct => values.SelectMany(own => own).Distinct(StringComparer.Ordinal).Count(),
            RuleType.Total => values.Sum(own => decimal.Parse(own[0], CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException(rule.Type.ToString()),
        };
    }

    private static decimal Extreme(Rule rule, int[] counts) => counts.Length == 0 ? rule.AtLeast ?? 0 : rule.AtLeast is null ? counts.Max() : counts.Min();

    private static IEnumerable<int[]> Subsets(int count, int length)
    {
        for (var bits = 0; bits < 1 << count; bits++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)bits) == length)
                yield return [.. Enumerable.Range(0, count).Where(i => (bits & (1 << i)) != 0)];
        }
    }
}
