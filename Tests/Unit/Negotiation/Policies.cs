using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>Rule sets for tests, written as an operator would.</summary>
internal static class Policies
{
    public const string SixRules = """
        name: six
        agency: { beta: 0.05, band: 0.2, invited: 64 }
        rules:
          - { id: few-blockbusters, type: count,    facet: stratum,    values: [head], atMost: 3,  severity: hard, priority: 20 }
          - { id: long-tail,        type: count,    facet: stratum,    values: [tail], atLeast: 3, severity: hard, priority: 30 }
          - { id: variety,          type: distinct, facet: genre,      atLeast: 8,                 severity: hard, priority: 40 }
          - { id: no-monoculture,   type: count,    facet: firstGenre, forEach: true, atMost: 3,   severity: hard, priority: 50 }
          - { id: across-time,      type: count,    facet: decade,     forEach: true, atMost: 2,   severity: soft, weight: 0.2 }
          - { id: budget,           type: total,    facet: price,      atMost: 90,                 severity: hard, priority: 10 }
        """;

    public static RuleSet Read(string yaml)
    {
        var reading = RuleSetReader.ReadYaml(yaml);
        Assert.Empty(reading.Errors);
        return reading.RuleSet! with { Version = 1 };
    }

    /// <summary>A rule set of <c>infra/policies</c>.</summary>
    public static RuleSet Shipped(string name) => Read(File.ReadAllText(Path.Combine(Repository.Root, "infra", "policies", $"{name}.yaml")));

    public static RuleSet WithRules(params string[] rules) => Read("name: test\nrules:\n" + string.Concat(rules.Select(rule => $"  - {{ {rule} }}\n")));
}
