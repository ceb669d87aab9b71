using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;

namespace AgentRec.Simulation;

/// <summary>What a scenario must hold beyond the form of its parts, however it was made.</summary>
internal static partial class ScenarioCheck
{
    // The bandit learns from turns in the order in which they end; a language model answers as it likes.
    private static readonly string[] Unrepeatable = ["Planner:Mixes:", "Language:"];

    /// <summary>Everything that is wrong.</summary>
    public static IEnumerable<ScenarioError> Problems(Scenario scenario)
    {
        if (!Name().IsMatch(scenario.Name))
            yield return Error("name", scenario.Name, "1 to 64 letters, digits, dots, hyphens and underscores");
        if (scenario.Seeds is < 1 or > Scenario.GreatestSeeds)
            yield return Error("seeds", scenario.Seeds, $"a whole number from 1 to {Scenario.GreatestSeeds}");
        if (scenario.Periods is < 1 or > Scenario.GreatestPeriods)
            yield return Error("periods", scenario.Periods, $"a whole number from 1 to {Scenario.GreatestPeriods}");
        if (scenario.PeriodHours is < 1 or > 8_760)
            yield return Error("periodHours", scenario.PeriodHours, "a whole number from 1 to 8760");
        if (scenario.SlateSize is < 1 or > TurnRequest.GreatestSlateSize)
            yield return Error("slateSize", scenario.SlateSize, $"a whole number from 1 to {TurnRequest.GreatestSlateSize}");
        if (scenario.RetrainEvery is < 0 or > Scenario.GreatestPeriods)
            yield return Error("retrainEvery", scenario.RetrainEvery, $"a whole number from 0 to {Scenario.GreatestPeriods}");
        foreach (var problem in OfWorld(scenario.World).Concat(OfModels("models", scenario.Models)).Concat(OfPopulation(scenario)).Concat(OfEvents(scenario)).Concat(OfNames(scenario)).Concat(OfArms(scenario))
            .Concat(ScenarioRanges.Problems(scenario)))
            yield return problem;
    }

    private static IEnumerable<ScenarioError> OfWorld(WorldTerms world)
    {
        switch (world)
        {
            case SyntheticTerms terms:
                if (terms.Users is < 2 or > 1_000_000)
                    yield return Error("world.users", terms.Users, "a whole number from 2 to 1000000");
                if (terms.Items is < 20 or > 100_000)
                    yield return Error("world.items", terms.Items, "a whole number from 20 to 100000");
                if (terms.RatingsPerUser < 5 || terms.RatingsPerUser > terms.Items / 2)
                    yield return Error("world.ratingsPerUser", terms.RatingsPerUser, $"a whole number from 5 to half the items, {terms.Items / 2}");
                if (terms.Genres is < 2 or > 100)
                    yield return Error("world.genres", terms.Genres, "a whole number from 2 to 100");
                if (terms.Providers is < 1 or > 1_000)
                    yield return Error("world.providers", terms.Providers, "a whole number from 1 to 1000");
                if (terms.Traits is < 2 or > 64)
                    yield return Error("world.traits", terms.Traits, "a whole number from 2 to 64");
                break;
            case DataTerms data:
                if (!Directory.Exists(data.Folder))
                    yield return Error("world.data", data.Folder, "a folder that exists");
                if (data.Users < 2)
                    yield return Error("world.users", data.Users, "2 or more");
                break;
        }
    }

    private static IEnumerable<ScenarioError> OfPopulation(Scenario scenario)
    {
        if (scenario.Population.IsEmpty)
            yield return new ScenarioError("population", "is empty: name at least one kind of people, or leave it out.");
    }

    private static IEnumerable<ScenarioError> OfEvents(Scenario scenario)
    {
        foreach (var (i, happening) in scenario.Events.Index())
        {
            if (happening.Period < 1 || happening.Period > scenario.Periods)
                yield return Error($"events[{i}].period", happening.Period, $"a period of the scenario, 1 to {scenario.Periods}");
            if (happening is ArrivalsEvent && scenario.World is DataTerms)
                yield return new ScenarioError($"events[{i}].kind", "is 'arrivals': nothing is known of new items in a world from data; draw one.");
            if (happening is PolicyEvent change && !Policies(scenario).Contains(change.Policy, StringComparer.Ordinal))
                yield return Error($"events[{i}].policy", change.Policy, $"one of {string.Join(", ", Policies(scenario))}");
        }
    }

    /// <summary>In a drawn world it is known what providers and genres are called.</summary>
    private static IEnumerable<ScenarioError> OfNames(Scenario scenario)
    {
        var known = scenario.World is SyntheticTerms drawn
            ? SyntheticWorld.Providers(drawn).Concat(scenario.Events.OfType<ArrivalsEvent>().Select(arrivals => arrivals.Provider).OfType<string>()).ToArray() : null;
        foreach (var (path, providers) in Acting(scenario))
        {
            var acting = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (i, provider) in providers.Index())
            {
                if (!acting.Add(provider.Provider))
                    yield return new ScenarioError($"{path}[{i}].provider", $"is '{provider.Provider}' for the second time: a provider acts in one way.");
                if (known is not null && !known.Contains(provider.Provider, StringComparer.Ordinal))
                    yield return Error($"{path}[{i}].provider", provider.Provider, $"a provider of the world, {known[0]} to {SyntheticWorld.Providers((SyntheticTerms)scenario.World)[^1]}, or of arrivals");
            }
        }
        if (scenario.World is not SyntheticTerms terms)
            yield break;
        foreach (var (i, happening) in scenario.Events.Index())
        {
            if (happening is TrendEvent trend && !SyntheticWorld.Genres(terms).Contains(trend.Genre, StringComparer.Ordinal))
                yield return Error($"events[{i}].genre", trend.Genre, $"a genre of the world, {SyntheticWorld.Genres(terms)[0]} to {SyntheticWorld.Genres(terms)[^1]}");
        }
    }

    /// <summary>Providers that act, in all arms or in one, by path.</summary>
    private static IEnumerable<(string Path, ImmutableArray<ProviderTerms> Providers)> Acting(Scenario scenario)
    {
        yield return ("providers", scenario.Providers);
        foreach (var (i, arm) in scenario.Arms.IsDefault ? [] : scenario.Arms.Index())
        {
            if (arm.Providers is { } providers)
                yield return ($"arms[{i}].providers", providers);
        }
    }

    private static IEnumerable<ScenarioError> OfArms(Scenario scenario)
    {
        if (scenario.Arms.IsDefaultOrEmpty)
            yield return new ScenarioError("arms", "is missing: name at least one arm.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, arm) in scenario.Arms.IsDefault ? [] : scenario.Arms.Index())
        {
            if (!Name().IsMatch(arm.Name))
                yield return Error($"arms[{i}].name", arm.Name, "1 to 64 letters, digits, dots, hyphens and underscores");
            if (!names.Add(arm.Name))
                yield return new ScenarioError($"arms[{i}].name", $"is '{arm.Name}' for the second time: names of arms are unique.");
            if (!Policies(scenario).Contains(arm.Policy, StringComparer.Ordinal))
                yield return Error($"arms[{i}].policy", arm.Policy, $"one of {string.Join(", ", Policies(scenario))}");
            if (arm.Protocol is { } protocol && NegotiationProtocols.Find(protocol) is null)
                yield return Error($"arms[{i}].protocol", protocol, $"one of {string.Join(", ", NegotiationProtocols.Names)}");
            foreach (var setting in arm.Settings.Keys.Where(key => Unrepeatable.Any(section => $"{key}:".StartsWith(section, StringComparison.OrdinalIgnoreCase))))
                yield return new ScenarioError($"arms[{i}].settings.{setting}", "cannot be set: what it switches on would not be the same from run to run.");
            if (arm.Models is { } models)
            {
                foreach (var problem in OfModels($"arms[{i}].models", models))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<ScenarioError> OfModels(string path, ModelTerms models)
    {
        foreach (var (i, scorer) in models.Scorers.Index())
        {
            if (!ScorerNames.All.Contains(scorer, StringComparer.Ordinal))
                yield return Error($"{path}.scorers[{i}]", scorer, $"one of {string.Join(", ", ScorerNames.All)}");
        }
    }

    private static IEnumerable<string> Policies(Scenario scenario) =>
        BundledPolicies.Read().Select(policy => policy.Name).Concat(scenario.Policies.Select(policy => policy.Name)).Order(StringComparer.Ordinal);

    private static ScenarioError Error(string path, object? value, string allowed) => new(path, $"is '{value}': it must be {allowed}.");

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
