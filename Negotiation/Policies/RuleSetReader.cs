using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads rule sets from YAML or JSON; both carry the same tree.</summary>
public static class RuleSetReader
{
    /// <summary>The greatest length of a document, in UTF-16 units.</summary>
    public const int GreatestLength = 262_144;

    /// <summary>The greatest number of rules.</summary>
    public const int GreatestRules = 64;

    /// <summary>Reads a YAML document. Nothing in it makes this throw.</summary>
    /// <param name="text">The document.</param>
    public static RuleSetReading ReadYaml(string text) => Read(text, YamlDocument.Parse);

    /// <summary>Reads a JSON document. Nothing in it makes this throw.</summary>
    /// <param name="text">The document.</param>
    public static RuleSetReading ReadJson(string text) => Read(text, JsonTree.Parse);

    private static RuleSetReading Read(string text, Func<string, DocumentNode> parse)
    {
        if (text.Length > GreatestLength)
            return Failed($"The document has {text.Length} characters; at most {GreatestLength} are read.");
        DocumentNode root;
        try
        {
            root = parse(text);
        }
        catch (DocumentException e)
        {
            return Failed(e.Message);
        }
        return ReadTree(root, "");
    }

    /// <summary>Reads a rule set that is part of another document.</summary>
    /// <param name="root">Its tree.</param>
    /// <param name="path">Where it stands; empty for a document of its own.</param>
    internal static RuleSetReading ReadTree(DocumentNode root, string path)
    {
        if (root is not MapNode map)
            return new RuleSetReading(null, [new RuleSetError(path, "A rule set is a map with name and rules.")]);
        var errors = new List<RuleSetError>();
        var ruleSet = Read(new MapReader(map, path, errors), errors);
        return errors.Count == 0 ? new RuleSetReading(ruleSet, []) : new RuleSetReading(null, [.. errors]);
    }

    private static RuleSet Read(MapReader map, List<RuleSetError> errors)
    {
        var name = map.Text("name", 2 * Identifier.MaximumLength);
        if (!map.Has("name"))
            map.Error("name", "is missing.");
        else if (name is not null && Identifier.Problem(name) is { } problem)
            map.Error("name", $"{problem}.");
        // The registry gives the version; a document that was read from it may carry the old one.
        map.Integer("version", 0, int.MaxValue);
        var protocol = map.Text("protocol", 64) ?? RuleSet.DefaultProtocol;
        if (NegotiationProtocols.Find(protocol) is null)
            map.Error("protocol", $"is '{protocol}': it must be one of {string.Join(", ", NegotiationProtocols.Names)}.");
        var concession = ReadConcession(map.Map("concession"));
        var agency = ReadAgency(map.Map("agency"));
        var strata = ReadStrata(map.Map("strata"));
        var rules = ReadRules(map, errors);
        map.Close("name, version, concession, agency, strata, protocol, rules");
        return new RuleSet(name ?? "", 0, concession, agency, protocol, rules) { Strata = strata };
    }

    private static Concession ReadConcession(MapReader? map)
    {
        if (map is null)
            return Concession.Default;
        var read = new Concession(
            map.Number("maximum", 0, 1) ?? Concession.Default.Maximum,
            map.Integer("rounds", 1, Concession.GreatestRounds) ?? Concession.Default.Rounds);
        map.Close("maximum, rounds");
        return read;
    }

    private static Agency ReadAgency(MapReader? map)
    {
        if (map is null)
            return Agency.Default;
        var read = new Agency(
            map.Number("beta", 0, 1) ?? Agency.Default.Beta,
            map.Number("band", 0, 1) ?? Agency.Default.Band,
            map.Integer("invited", 0, Agency.GreatestInvited) ?? Agency.Default.Invited)
        {
            Exploration = ReadExploration(map.Map("exploration")),
        };
        map.Close("beta, band, invited, exploration");
        return read;
    }

    private static Exploration ReadExploration(MapReader? map)
    {
        if (map is null)
            return Exploration.Off;
        var read = new Exploration(
            map.Integer("places", 0, Exploration.GreatestPlaces) ?? Exploration.Off.Places,
            map.Integer("exposures", 1, Exploration.GreatestExposures) ?? Exploration.Off.Exposures);
        map.Close("places, exposures");
        return read;
    }

    private static Strata ReadStrata(MapReader? map)
    {
        if (map is null)
            return Strata.Default;
        var read = new Strata(Boundary(map, "head") ?? Strata.Default.Head, Boundary(map, "torso") ?? Strata.Default.Torso);
        if (read.Head <= read.Torso)
            map.Error("head", $"is {read.Head}, not above torso {read.Torso}: the head begins at the higher quantile.");
        map.Close("head, torso");
        return read;
    }

    private static decimal? Boundary(MapReader map, string name) => map.Number(name, 0.000001m, 0.999999m);

    private static ImmutableArray<Rule> ReadRules(MapReader map, List<RuleSetError> errors)
    {
        if (map.Find("rules") is not { } node)
            return [];
        if (node is not ListNode { Items: { Length: <= GreatestRules } items })
        {
            map.Error("rules", $"must be a list of at most {GreatestRules} rules.");
            return [];
        }
        var rules = new List<Rule>();
        for (var i = 0; i < items.Length; i++)
        {
            var path = map.Path($"rules[{i}]");
            if (items[i] is not MapNode rule)
            {
                errors.Add(new RuleSetError(path, "must be a map of members."));
                continue;
            }
            if (RuleReader.Read(new MapReader(rule, path, errors)) is not { } read)
                continue;
            if (rules.Exists(other => string.Equals(other.Id, read.Id, StringComparison.Ordinal)))
                errors.Add(new RuleSetError($"{path}.id", $"is '{read.Id}' for the second time: ids are unique in a rule set."));
            rules.Add(read);
        }
        return [.. rules];
    }

    private static RuleSetReading Failed(string message) => new(null, [new RuleSetError("", message)]);
}

/// <summary>A rule set, or what is wrong with the document.</summary>
/// <param name="RuleSet">The rule set, with version 0; null when there are errors.</param>
/// <param name="Errors">What is wrong.</param>
public sealed record RuleSetReading(RuleSet? RuleSet, ImmutableArray<RuleSetError> Errors);
