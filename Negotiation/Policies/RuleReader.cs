using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads one rule and says what is wrong with it.</summary>
internal static class RuleReader
{
    private const string Allowed = "id, type, facet, values, atLeast, atMost, forEach, days, severity, priority, weight, sentence";
    private const decimal GreatestBound = 8_000_000_000m;

    public static Rule? Read(MapReader map)
    {
        var id = map.Text("id", Identifier.MaximumLength * 2) ?? "";
        if (!map.Has("id"))
            map.Error("id", "is missing: name the rule.");
        else if (id.Length > 0 && Identifier.Problem(id) is { } problem)
            map.Error("id", $"{problem}.");
        else if (string.Equals(id, Rule.NotConsumed, StringComparison.Ordinal))
            map.Error("id", $"is '{id}', which names the rule that is always in force: take another.");
        var type = map.Name<RuleType>("type");
        if (!map.Has("type"))
            map.Error("type", $"is missing: it must be one of {EnumText.List<RuleType>()}.");
        var severity = map.Name<RuleSeverity>("severity") ?? RuleSeverity.Hard;
        var facet = map.Text("facet", 128);
        var values = map.Texts("values");
        var forEach = map.Truth("forEach");
        var days = map.Integer("days", 1, 3650);
        var priority = map.Integer("priority", -1_000_000, 1_000_000) ?? 0;
        var weight = map.Number("weight", 0, 1000);
        var sentence = map.Text("sentence", 500);
        var atLeast = map.Number("atLeast", -GreatestBound, GreatestBound);
        var atMost = type == RuleType.Maturity ? Maturity(map) : map.Number("atMost", -GreatestBound, GreatestBound);
        map.Close(Allowed);
        if (type is not { } known)
            return null;
        if (!RuleBodies.IsAvailable(known))
        {
            map.Error("type", $"is '{EnumText.Of(known)}', which is not available in this version: available are {string.Join(", ", RuleBodies.Available.Select(EnumText.Of))}.");
            return null;
        }
        if (known == RuleType.Maturity)
            facet ??= FacetNames.Maturity;
        var rule = new Rule(id, known, facet, values, atLeast, atMost, forEach, days, severity, priority, weight ?? 0, sentence);
        CheckSeverity(map, rule);
        CheckBounds(map, rule);
        CheckShape(map, rule);
        return rule;
    }

    private static decimal? Maturity(MapReader map)
    {
        if (map.Find("atMost") is not { } node)
            return null;
        if (node is ScalarNode scalar && MaturityScale.Find(scalar.Text) is { } step)
            return step;
        map.Error("atMost", $"is {MapReader.Show(node)}: it must be one of {string.Join(", ", MaturityScale.Names)} or a television rating beside them.");
        return null;
    }

    private static void CheckSeverity(MapReader map, Rule rule)
    {
        var concernsItems = RuleBodies.Of(rule).ConcernsItems;
        if (rule.Severity == RuleSeverity.Safety && !concernsItems)
            map.Error("severity", $"is 'safety', which a rule of type '{EnumText.Of(rule.Type)}' cannot have, since it does not concern single items: make it hard.");
        if (rule.Severity != RuleSeverity.Safety && rule.Type is RuleType.Maturity or RuleType.FrequencyCap && rule.Severity != RuleSeverity.Safety)
            map.Error("severity", $"must be 'safety' for type '{EnumText.Of(rule.Type)}': state it.");
        if (rule.Severity == RuleSeverity.Soft && rule.Weight <= 0)
            map.Error("weight", "must be above 0 for a soft rule: a wish without weight asks for nothing.");
        if (rule.Severity != RuleSeverity.Soft && map.Has("weight"))
            map.Error("weight", "is for soft rules only.");
    }

    private static void CheckBounds(MapReader map, Rule rule)
    {
        var isCounted = rule.Type is RuleType.Count or RuleType.Distinct or RuleType.FrequencyCap;
        if (rule.Type == RuleType.Exclude && (rule.AtLeast is not null || rule.AtMost is not null))
            map.Error(rule.AtLeast is not null ? "atLeast" : "atMost", "is not for type 'exclude': its items stay out altogether.");
        if (rule.Type is RuleType.Maturity or RuleType.FrequencyCap && rule.AtLeast is not null)
            map.Error("atLeast", $"is not for type '{EnumText.Of(rule.Type)}': it has an upper bound.");
        if (rule.Type is RuleType.Maturity or RuleType.FrequencyCap && rule.AtMost is null && !map.Has("atMost"))
            map.Error("atMost", "is missing.");
        if (rule.Type is RuleType.Count or RuleType.Distinct or RuleType.Total && !map.Has("atLeast") && !map.Has("atMost"))
            map.Error("atLeast", "is missing, and so is atMost: a rule needs a bound.");
        if (rule.AtLeast > rule.AtMost)
            map.Error("atLeast", $"is {rule.AtLeast}, above atMost {rule.AtMost}: no slate can have both.");
        if (!isCounted)
            return;
        foreach (var (name, bound) in (ReadOnlySpan<(string, decimal?)>)[("atLeast", rule.AtLeast), ("atMost", rule.AtMost)])
        {
            if (bound < 0 || bound > 1000 || (bound is { } number && decimal.Truncate(number) != number))
                map.Error(name, $"is {bound}: it must be a whole number from 0 to 1000, since it bounds a count.");
        }
        if (rule.Type == RuleType.FrequencyCap && rule.AtMost == 0)
            map.Error("atMost", "is 0: nothing could ever be shown.");
    }

    private static void CheckShape(MapReader map, Rule rule)
    {
        if (rule.Type == RuleType.FrequencyCap)
        {
            if (rule.Days is null && !map.Has("days"))
                map.Error("days", "is missing: over how many days do showings count?");
            if (rule.Facet is not null)
                map.Error("facet", "is not for type 'frequencyCap'.");
        }
        else
        {
            if (string.IsNullOrEmpty(rule.Facet))
                map.Error("facet", "is missing: which facet does the rule read?");
            if (map.Has("days"))
                map.Error("days", "is for type 'frequencyCap' only.");
        }
        if (rule.ForEach && rule.Type != RuleType.Count)
            map.Error("forEach", "is for type 'count' only.");
        if (rule.ForEach && map.Has("values"))
            map.Error("values", "is not for a rule with forEach, which applies to every value.");
        if (rule.ForEach && rule is { AtLeast: not null, AtMost: not null })
            map.Error("forEach", "takes one bound: write two rules.");
        if (!rule.ForEach && rule.Type is RuleType.Count or RuleType.Exclude && !rule.ForEach && !map.Has("values"))
            map.Error("values", "is missing: which values does the rule count?");
        if (rule.Type is RuleType.Total or RuleType.Maturity or RuleType.FrequencyCap && map.Has("values"))
            map.Error("values", $"is not for type '{EnumText.Of(rule.Type)}'.");
    }
}
