namespace AgentRec.Domain;

/// <summary>What a rule says of a slate. The value is in millionths.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">The slate's value.</param>
/// <param name="Violation">How far the value is from the bound, as a part of how far it can be; 0 when the rule is met.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RuleReading")]
public sealed record RuleReading([property: Id(0)] Rule Rule, [property: Id(1)] long Value, [property: Id(2)] double Violation)
{
    /// <summary>True when the value keeps the rule's bounds.</summary>
    public bool IsMet => Violation <= 0;
}
