using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads one rule and says what is wrong with it.</summary>
internal static class RuleReader
{
    private const string Allowed = "id, type, facet, values, place, atLeast, atMost, forEach, days, severity, priority, weight, sentence";

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
        var form = type is { } named ? RuleForm.Of(named) : null;
        var severity = map.Name<RuleSeverity>("severity") ?? RuleSeverity.Hard;
        var facet = map.Text("facet", 128);
        var values = map.Texts("values");
        var place = map.Integer("place", 1, Rule.GreatestPlace);
        var forEach = map.Truth("forEach");
        var days = map.Integer("days", 1, 3650);
        var priority = map.Integer("priority", -1_000_000, 1_000_000) ?? 0;
        var weight = map.Number("weight", 0, 1000);
        var sentence = map.Text("sentence", 500);
        var atLeast = Bound(map, "atLeast", form);
        var atMost = Bound(map, "atMost", form);
        map.Close(Allowed);
        if (type is not { } known || form is null)
            return null;
        if (known == RuleType.Maturity)
            facet ??= FacetNames.Maturity;
        var rule = new Rule(id, known, facet, values, atLeast, atMost, forEach, days, severity, priority, weight ?? 0, sentence) { Place = place };
        CheckSeverity(map, rule, form);
        CheckBounds(map, rule, form);
        CheckShape(map, rule, form);
        return rule;
    }

    private static decimal? Bound(MapReader map, string name, RuleForm? form)
    {
        if (form is null)
        {
            map.Find(name);
            return null;
        }
        if (form.Bound == BoundForm.Rating)
            return Rating(map, name);
        var (least, most, isWhole, words) = form.Range;
        var bound = map.Number(name, least, most);
        if (bound is not { } number || !isWhole || decimal.Truncate(number) == number)
            return bound;
        map.Error(name, string.Create(CultureInfo.InvariantCulture, $"is {number}: it must be a whole number from {least} to {most}, since {words}."));
        return null;
    }

    private static decimal? Rating(MapReader map, string name)
    {
        if (map.Find(name) is not { } node)
            return null;
        if (node is ScalarNode scalar && MaturityScale.Find(scalar.Text) is { } step)
            return step;
        map.Error(name, $"is {MapReader.Show(node)}: it must be one of {string.Join(", ", MaturityScale.Names)} or a television rating beside them.");
        return null;
    }

    private static void CheckSeverity(MapReader map, Rule rule, RuleForm form)
    {
        if (form.Only is { } only && rule.Severity != only)
            map.Error("severity", $"must be '{EnumText.Of(only)}' for type '{EnumText.Of(rule.Type)}': state it.");
        else if (rule.Severity == RuleSeverity.Safety && !RuleBodies.Of(rule).ConcernsItems)
            map.Error("severity", $"is 'safety', which a rule of type '{EnumText.Of(rule.Type)}' cannot have, since it does not concern single items: make it hard.");
        if (rule.Severity == RuleSeverity.Soft && rule.Weight <= 0)
            map.Error("weight", "must be above 0 for a soft rule: a wish without weight asks for nothing.");
        if (rule.Severity != RuleSeverity.Soft && map.Has("weight"))
            map.Error("weight", "is for soft rules only.");
    }

    private static void CheckBounds(MapReader map, Rule rule, RuleForm form)
    {
        CheckPresence(map, "atLeast", rule.Type, form.AtLeast, "what is the least?");
        CheckPresence(map, "atMost", rule.Type, form.AtMost, "what is the most?");
        if (form.NeedsBound && !map.Has("atLeast") && !map.Has("atMost"))
            map.Error("atLeast", "is missing, and so is atMost: a rule needs a bound.");
        if (form.NeedsBound && rule.AtLeast > rule.AtMost)
            map.Error("atLeast", string.Create(CultureInfo.InvariantCulture, $"is {rule.AtLeast}, above atMost {rule.AtMost}: no slate can have both."));
        if (rule is { Type: RuleType.FrequencyCap, AtMost: 0 })
            map.Error("atMost", "is 0: nothing could ever be shown.");
    }

    private static void CheckShape(MapReader map, Rule rule, RuleForm form)
    {
        CheckPresence(map, "facet", rule.Type, form.Facet, "which facet does the rule read?");
        CheckPresence(map, "days", rule.Type, form.Days, "over how many days do showings count?");
        CheckPresence(map, "place", rule.Type, form.Place, "which place does the rule speak of?");
        CheckPresence(map, "values", rule.Type, rule.ForEach && form.ForEach ? Presence.May : form.Values, "which values does the rule speak of?");
        if (rule.Facet is { } facet && facet.Split(FacetNames.Alternatives).Any(name => name.Length == 0 || name.Length > name.Trim().Length))
            map.Error("facet", $"is '{facet}': it must be a name, or names with '{FacetNames.Alternatives}' and nothing else between them.");
        if (!rule.ForEach)
            return;
        if (!form.ForEach)
            map.Error("forEach", $"is not for type '{EnumText.Of(rule.Type)}': count and share have it.");
        if (map.Has("values"))
            map.Error("values", "is not for a rule with forEach, which applies to every value.");
        if (rule is { AtLeast: not null, AtMost: not null })
            map.Error("forEach", "takes one bound: write two rules.");
    }

    private static void CheckPresence(MapReader map, string name, RuleType type, Presence presence, string question)
    {
        if (presence == Presence.Must && !map.Has(name))
            map.Error(name, $"is missing: {question}");
        if (presence == Presence.Never && map.Has(name))
            map.Error(name, $"is not for type '{EnumText.Of(type)}'.");
    }
}
