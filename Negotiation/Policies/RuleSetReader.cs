using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads rule sets from YAML or JSON; both carry the same tree.</summary>
public static class RuleSetReader
{
    /// <summary>The greatest length of a document, in UTF-16 units.</summary>
    public const int GreatestLength = 262_144;

    /// <summary>Reads a YAML document.</summary>
    /// <param name="text">The document.</param>
    public static RuleSetReading ReadYaml(string text) => new(null, [new RuleSetError("", "not read")]);

    /// <summary>Reads a JSON document.</summary>
    /// <param name="text">The document.</param>
    public static RuleSetReading ReadJson(string text) => new(null, [new RuleSetError("", "not read")]);
}

/// <summary>A rule set, or what is wrong with the document.</summary>
/// <param name="RuleSet">The rule set, with version 0; null when there are errors.</param>
/// <param name="Errors">What is wrong.</param>
public sealed record RuleSetReading(RuleSet? RuleSet, ImmutableArray<RuleSetError> Errors);
