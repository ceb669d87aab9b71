using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Simulation;

/// <summary>Reads scenarios from YAML. What is not known, of the wrong form or out of range is refused, by path and value.</summary>
public static class ScenarioReader
{
    private const int GreatestLength = 262_144;
    private const int GreatestMessage = 2_000;

    /// <summary>Reads a scenario. Nothing in the text makes this throw.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="folder">Where paths in it start from; null: the current folder.</param>
    public static ScenarioReading Read(string yaml, string? folder = null)
    {
        if (yaml.Length > GreatestLength)
            return Failed($"The document has {yaml.Length} characters; at most {GreatestLength} are read.");
        DocumentNode root;
        try
        {
            root = YamlDocument.Parse(yaml);
        }
        catch (DocumentException invalid)
        {
            return Failed(invalid.Message);
        }
        if (root is not MapNode map)
            return Failed("A scenario is a map with name and arms.");
        var errors = new List<RuleSetError>();
        var scenario = Read(new MapReader(map, "", errors), folder ?? ".", errors);
        if (errors.Count == 0)
            errors.AddRange(ScenarioCheck.Problems(scenario).Select(problem => new RuleSetError(problem.Path, problem.Message)));
        return errors.Count == 0
            ? new ScenarioReading(scenario, [])
            : new ScenarioReading(null, [.. errors.Select(error => new ScenarioError(error.Path, error.Message))]);
    }

    private static Scenario Read(MapReader map, string folder, List<RuleSetError> errors)
    {
        var defaults = new Scenario { Name = "", Arms = [] };
        var scenario = new Scenario
        {
            Name = map.Text("name", 64) ?? "",
            Seed = (ulong)(map.Integer("seed", 0, int.MaxValue) ?? 0),
            Seeds = map.Integer("seeds", 1, Scenario.GreatestSeeds) ?? defaults.Seeds,
            Periods = map.Integer("periods", 1, Scenario.GreatestPeriods) ?? defaults.Periods,
            PeriodHours = map.Integer("periodHours", 1, 8_760) ?? defaults.PeriodHours,
            SlateSize = map.Integer("slateSize", 1, TurnRequest.GreatestSlateSize) ?? defaults.SlateSize,
            RetrainEvery = map.Integer("retrainEvery", 0, Scenario.GreatestPeriods) ?? defaults.RetrainEvery,
            World = ReadWorld(map, folder) ?? defaults.World,
            Population = map.Has("population") ? List(map, "population", errors, ReadPopulation) : defaults.Population,
            Providers = List(map, "providers", errors, ReadProvider),
            Events = List(map, "events", errors, ReadEvent),
            Models = ReadModels(map.Map("models")) ?? defaults.Models,
            Sensitivity = ReadSensitivity(map.Map("sensitivity")),
            Policies = ReadPolicies(map, errors),
            Arms = List(map, "arms", errors, arm => ReadArm(arm, errors)),
        };
        map.Close("name, seed, seeds, periods, periodHours, slateSize, retrainEvery, world, population, providers, events, models, sensitivity, policies, arms");
        return scenario;
    }

    private static WorldTerms? ReadWorld(MapReader map, string folder)
    {
        if (map.Map("world") is not { } world)
            return null;
        if (world.Text("data", 1_024) is { } data)
        {
            var users = world.Integer("users", 2, 1_000_000);
            world.Close("data, users");
            return new DataTerms(Path.GetFullPath(data, Path.GetFullPath(folder)), users);
        }
        var defaults = new SyntheticTerms();
        var terms = new SyntheticTerms
        {
            Users = world.Integer("users", 2, 1_000_000) ?? defaults.Users,
            Items = world.Integer("items", 20, 100_000) ?? defaults.Items,
            Genres = world.Integer("genres", 2, 100) ?? defaults.Genres,
            Providers = world.Integer("providers", 1, 1_000) ?? defaults.Providers,
            Traits = world.Integer("traits", 2, 64) ?? defaults.Traits,
            RatingsPerUser = world.Integer("ratingsPerUser", 5, 1_000) ?? defaults.RatingsPerUser,
        };
        world.Close("data, users, items, genres, providers, traits, ratingsPerUser");
        return terms;
    }

    private static PopulationTerms ReadPopulation(MapReader map)
    {
        var defaults = new TraitTerms();
        var traits = map.Map("traits");
        var terms = new PopulationTerms(
            Required(map, "name"), (double)(map.Number("share", 0.000001m, 1_000_000) ?? 1), traits is null ? defaults : new TraitTerms
            {
                Activity = ReadSpread(traits, "activity", defaults.Activity),
                Conformity = ReadSpread(traits, "conformity", defaults.Conformity),
                Diversity = ReadSpread(traits, "diversity", defaults.Diversity),
                Patience = ReadSpread(traits, "patience", defaults.Patience),
                PositionBias = ReadSpread(traits, "positionBias", defaults.PositionBias),
                Trust = ReadSpread(traits, "trust", defaults.Trust),
                Drift = ReadSpread(traits, "drift", defaults.Drift),
                Noise = ReadSpread(traits, "noise", defaults.Noise),
                Asks = ReadSpread(traits, "asks", defaults.Asks),
            });
        traits?.Close("activity, conformity, diversity, patience, positionBias, trust, drift, noise, asks");
        map.Close("name, share, traits");
        return terms;
    }

    private static Spread ReadSpread(MapReader map, string name, Spread otherwise)
    {
        switch (map.Find(name))
        {
            case null:
                return otherwise;
            case MapNode:
                var spread = map.Map(name)!;
                var read = new Spread((double)(spread.Number("mean", 0, 1) ?? (decimal)otherwise.Mean), (double)(spread.Number("deviation", 0, 1) ?? 0));
                spread.Close("mean, deviation");
                return read;
            default:
                return new Spread((double)(map.Number(name, 0, 1) ?? (decimal)otherwise.Mean));
        }
    }

    private static ProviderTerms ReadProvider(MapReader map)
    {
        var terms = new ProviderTerms(
            Required(map, "provider"), map.Name<ProviderGoal>("goal") ?? ProviderGoal.Exposure, map.Name<ProviderStrategy>("strategy") ?? ProviderStrategy.Honest);
        map.Close("provider, goal, strategy");
        return terms;
    }

    private static ScenarioEvent? ReadEvent(MapReader map)
    {
        var period = map.Integer("period", 1, Scenario.GreatestPeriods);
        if (!map.Has("period"))
            map.Error("period", "is missing.");
        ScenarioEvent? read;
        string allowed;
        switch (map.Text("kind", 64))
        {
            case "arrivals":
                read = new ArrivalsEvent(period ?? 1, map.Integer("items", 1, 10_000) ?? 1, (double?)map.Number("quality", -3, 3), map.Text("provider", 128));
                allowed = "items, quality, provider";
                break;
            case "trend":
                read = new TrendEvent(period ?? 1, Required(map, "genre"), (double)(map.Number("strength", -3, 3) ?? 1), map.Integer("periods", 1, Scenario.GreatestPeriods) ?? 1);
                allowed = "genre, strength, periods";
                break;
            case "policy":
                read = new PolicyEvent(period ?? 1, Required(map, "policy"));
                allowed = "policy";
                break;
            case "attack":
                read = new AttackEvent(
                    period ?? 1, map.Name<ShillingProfile>("profile") ?? ShillingProfile.Average, (double)(map.Number("share", 0.000001m, 0.5m) ?? 0.03m),
                    (double)(map.Number("filler", 0.000001m, 0.5m) ?? 0.03m));
                allowed = "profile, share, filler";
                break;
            case var other:
                map.Error("kind", $"is '{other}': it must be one of arrivals, trend, policy, attack.");
                return null;
        }
        map.Close($"period, kind, {allowed}");
        return read;
    }

    private static ModelTerms? ReadModels(MapReader? map)
    {
        if (map is null)
            return null;
        var models = new ModelTerms { Scorers = map.Has("scorers") ? map.Texts("scorers") : new ModelTerms().Scorers, Ranking = map.Truth("ranking") };
        map.Close("scorers, ranking");
        return models;
    }

    private static SensitivityTerms? ReadSensitivity(MapReader? map)
    {
        if (map is null)
            return null;
        var terms = new SensitivityTerms(Required(map, "attribute"), map.Texts("values")) { Says = map.Text("says", GreatestMessage) };
        terms = terms with { Users = map.Integer("users", 1, SensitivityTerms.GreatestUsers) ?? terms.Users };
        map.Close("attribute, values, says, users");
        return terms;
    }

    private static ImmutableArray<RuleSet> ReadPolicies(MapReader map, List<RuleSetError> errors)
    {
        if (map.Find("policies") is not { } node)
            return [];
        if (node is not ListNode { Items: { Length: <= 100 } items })
        {
            map.Error("policies", "must be a list of at most 100 rule sets.");
            return [];
        }
        var policies = ImmutableArray.CreateBuilder<RuleSet>();
        foreach (var (i, item) in items.Index())
        {
            var reading = RuleSetReader.ReadTree(item, map.Path($"policies[{i}]"));
            errors.AddRange(reading.Errors);
            if (reading.RuleSet is { } rules)
                policies.Add(rules);
        }
        return policies.ToImmutable();
    }

    private static ArmTerms ReadArm(MapReader map, List<RuleSetError> errors)
    {
        var defaults = new ArmTerms("");
        var arm = new ArmTerms(Required(map, "name"))
        {
            Policy = map.Text("policy", 128) ?? defaults.Policy,
            Protocol = map.Text("protocol", 64),
            Agency = ReadAgency(map.Map("agency")),
            Models = ReadModels(map.Map("models")),
            RetrainEvery = map.Integer("retrainEvery", 0, Scenario.GreatestPeriods),
            Questions = map.Name<QuestionMode>("questions"),
            Providers = map.Has("providers") ? List(map, "providers", errors, ReadProvider) : null,
            Screen = map.Truth("screen"),
            Brain = map.Text("brain", 64),
            Settings = ReadSettings(map),
        };
        map.Close("name, policy, protocol, agency, models, retrainEvery, questions, providers, screen, brain, settings");
        return arm;
    }

    private static Agency? ReadAgency(MapReader? map)
    {
        if (map is null)
            return null;
        var exploration = map.Map("exploration");
        var agency = new Agency(
            map.Number("beta", 0, 1) ?? Agency.Default.Beta, map.Number("band", 0, 1) ?? Agency.Default.Band, map.Integer("invited", 0, Agency.GreatestInvited) ?? Agency.Default.Invited)
        {
            Exploration = exploration is null
                ? Exploration.Off
                : new Exploration(
                    exploration.Integer("places", 0, Exploration.GreatestPlaces) ?? Exploration.Off.Places,
                    exploration.Integer("exposures", 1, Exploration.GreatestExposures) ?? Exploration.Off.Exposures),
        };
        exploration?.Close("places, exposures");
        map.Close("beta, band, invited, exploration");
        return agency;
    }

    private static ImmutableSortedDictionary<string, string> ReadSettings(MapReader map)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        switch (map.Find("settings"))
        {
            case null:
                break;
            case MapNode node:
                foreach (var (name, value) in node.Members)
                {
                    if (value is ScalarNode scalar)
                        settings[name] = scalar.Text;
                    else
                        map.Error($"settings.{name}", $"is {MapReader.Show(value)}: it must be a single value.");
                }
                break;
            case var other:
                map.Error("settings", $"is {MapReader.Show(other)}: it must be a map of option names and values.");
                break;
        }
        return settings.ToImmutable();
    }

    private static ImmutableArray<T> List<T>(MapReader map, string name, List<RuleSetError> errors, Func<MapReader, T?> read)
        where T : class
    {
        if (map.Find(name) is not { } node)
            return [];
        if (node is not ListNode { Items: { Length: <= 1_000 } items })
        {
            map.Error(name, "must be a list of at most 1000 maps.");
            return [];
        }
        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var (i, item) in items.Index())
        {
            var path = map.Path($"{name}[{i}]");
            if (item is not MapNode member)
                errors.Add(new RuleSetError(path, "must be a map of members."));
            else if (read(new MapReader(member, path, errors)) is { } one)
                all.Add(one);
        }
        return all.ToImmutable();
    }

    private static string Required(MapReader map, string name)
    {
        if (!map.Has(name))
            map.Error(name, "is missing.");
        return map.Text(name, Identifier.MaximumLength) ?? "";
    }

    private static ScenarioReading Failed(string message) => new(null, [new ScenarioError("", message)]);
}

/// <summary>A scenario, or what is wrong with the document.</summary>
/// <param name="Scenario">The scenario; null when there are errors.</param>
/// <param name="Errors">What is wrong.</param>
public sealed record ScenarioReading(Scenario? Scenario, ImmutableArray<ScenarioError> Errors);

/// <summary>Something wrong with a scenario.</summary>
/// <param name="Path">Where, such as <c>arms[1].policy</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what is allowed; it completes "the value at this path ...".</param>
public sealed record ScenarioError(string Path, string Message);
