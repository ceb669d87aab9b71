using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Protocol;

/// <summary>Soft rules: what a slate that breaks them loses in the objective.</summary>
public static class Wishes
{
    /// <summary>The sum of weight times violation over the soft rules of a table.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <param name="slate">The slate, by handle, best first; its items need not be in the window.</param>
    public static double Penalty(NegotiationTable table, ImmutableArray<int> slate)
    {
        var facts = new CatalogueSlate(slate, table.Facets, new StatedTargets(table.Targets));
        return table.Rules.Rules
            .Where(rule => rule.Severity == RuleSeverity.Soft)
            .Sum(rule => (double)rule.Weight * RuleBodies.Of(rule).Read(rule, facts).Violation);
    }
}
