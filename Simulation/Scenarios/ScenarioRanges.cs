using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Simulation;

/// <summary>The ranges of what is in the lists of a scenario. A document is held to them as it is read; a scenario made by a program is as well.</summary>
internal static class ScenarioRanges
{
    /// <summary>Everything out of range.</summary>
    public static IEnumerable<ScenarioError> Problems(Scenario scenario) =>
        OfPopulation(scenario).Concat(OfProviders("providers", scenario.Providers)).Concat(OfEvents(scenario)).Concat(OfPolicies(scenario)).Concat(OfArms(scenario))
            .Concat(scenario.Sensitivity is { } terms ? OfSensitivity(terms) : []);

    private static IEnumerable<ScenarioError> OfPopulation(Scenario scenario)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, kind) in scenario.Population.Index())
        {
            if (Identifier.Problem(kind.Name) is { } problem)
                yield return new ScenarioError($"population[{i}].name", problem);
            if (!names.Add(kind.Name))
                yield return new ScenarioError($"population[{i}].name", $"is '{kind.Name}' for the second time: names of kinds of people are unique.");
            if (Outside(kind.Share, 0, 1_000_000) || kind.Share == 0)
                yield return Error($"population[{i}].share", kind.Share, "above 0 and up to 1000000");
            foreach (var (name, spread) in Spreads(kind.Traits))
            {
                if (Outside(spread.Mean, 0, 1))
                    yield return Error($"population[{i}].traits.{name}.mean", spread.Mean, "from 0 to 1");
                if (Outside(spread.Deviation, 0, 1))
                    yield return Error($"population[{i}].traits.{name}.deviation", spread.Deviation, "from 0 to 1");
            }
        }
    }

    private static IEnumerable<(string Name, Spread Spread)> Spreads(TraitTerms traits) =>
    [
        ("activity", traits.Activity), ("conformity", traits.Conformity), ("diversity", traits.Diversity), ("patience", traits.Patience), ("positionBias", traits.PositionBias),
        ("trust", traits.Trust), ("drift", traits.Drift), ("noise", traits.Noise), ("asks", traits.Asks),
    ];

    private static IEnumerable<ScenarioError> OfProviders(string path, ImmutableArray<ProviderTerms> providers)
    {
        foreach (var (i, provider) in providers.Index())
        {
            if (!Enum.IsDefined(provider.Goal))
                yield return Error($"{path}[{i}].goal", provider.Goal, "a goal");
            if (!Enum.IsDefined(provider.Strategy))
                yield return Error($"{path}[{i}].strategy", provider.Strategy, "a strategy");
        }
    }

    private static IEnumerable<ScenarioError> OfEvents(Scenario scenario)
    {
        foreach (var (i, happening) in scenario.Events.Index())
        {
            switch (happening)
            {
                case ArrivalsEvent arrivals:
                    if (arrivals.Items is < 1 or > 10_000)
                        yield return Error($"events[{i}].items", arrivals.Items, "a whole number from 1 to 10000");
                    if (arrivals.Quality is { } quality && Outside(quality, -3, 3))
                        yield return Error($"events[{i}].quality", quality, "from -3 to 3");
                    if (arrivals.Provider is { } provider && Identifier.Problem(provider) is { } problem)
                        yield return new ScenarioError($"events[{i}].provider", problem);
                    break;
                case TrendEvent trend:
                    if (Outside(trend.Strength, -3, 3))
                        yield return Error($"events[{i}].strength", trend.Strength, "from -3 to 3");
                    if (trend.Periods is < 1 or > Scenario.GreatestPeriods)
                        yield return Error($"events[{i}].periods", trend.Periods, $"a whole number from 1 to {Scenario.GreatestPeriods}");
                    break;
                case AttackEvent attack:
                    if (!Enum.IsDefined(attack.Profile))
                        yield return Error($"events[{i}].profile", attack.Profile, "a profile");
                    if (Outside(attack.Share, 0, 0.5) || attack.Share == 0)
                        yield return Error($"events[{i}].share", attack.Share, "above 0 and up to 0.5");
                    if (Outside(attack.Filler, 0, 0.5) || attack.Filler == 0)
                        yield return Error($"events[{i}].filler", attack.Filler, "above 0 and up to 0.5");
                    break;
            }
        }
    }

    /// <summary>A rule set is written as a document and read again: what a file may not say, a program may not either.</summary>
    private static IEnumerable<ScenarioError> OfPolicies(Scenario scenario)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, rules) in scenario.Policies.Index())
        {
            if (!names.Add(rules.Name))
                yield return new ScenarioError($"policies[{i}].name", $"is '{rules.Name}' for the second time: names of rule sets are unique.");
            foreach (var error in RuleSetReader.ReadJson(RuleSetWriter.WriteJson(rules)).Errors)
                yield return new ScenarioError($"policies[{i}].{error.Path}", error.Message);
        }
    }

    private static IEnumerable<ScenarioError> OfArms(Scenario scenario)
    {
        foreach (var (i, arm) in scenario.Arms.IsDefault ? [] : scenario.Arms.Index())
        {
            if (arm.RetrainEvery is < 0 or > Scenario.GreatestPeriods)
                yield return Error($"arms[{i}].retrainEvery", arm.RetrainEvery, $"a whole number from 0 to {Scenario.GreatestPeriods}");
            if (arm.Questions is { } questions && !Enum.IsDefined(questions))
                yield return Error($"arms[{i}].questions", questions, "a mode");
            foreach (var problem in arm.Providers is { } providers ? OfProviders($"arms[{i}].providers", providers) : [])
                yield return problem;
            if (arm.Brain is { } brain && Identifier.Problem(brain) is { } problemOfBrain)
                yield return new ScenarioError($"arms[{i}].brain", problemOfBrain);
            if (arm.Agency is not { } agency)
                continue;
            foreach (var error in RuleSetReader.ReadJson(RuleSetWriter.WriteJson(RuleSet.None with { Agency = agency })).Errors)
                yield return new ScenarioError($"arms[{i}].{error.Path}", error.Message);
        }
    }

    private static IEnumerable<ScenarioError> OfSensitivity(SensitivityTerms terms)
    {
        if (Identifier.Problem(terms.Attribute) is { } problem)
            yield return new ScenarioError("sensitivity.attribute", problem);
        if (terms.Values.IsDefault || terms.Values.Length is < 2 or > SensitivityTerms.GreatestValues)
            yield return Error("sensitivity.values", terms.Values.IsDefault ? 0 : terms.Values.Length, $"2 to {SensitivityTerms.GreatestValues} values");
        else if (terms.Values.Distinct(StringComparer.Ordinal).Count() < terms.Values.Length || terms.Values.Any(value => !Identifier.IsValid(value)))
            yield return new ScenarioError("sensitivity.values", "must be different from each other, of 1 to 128 characters.");
        if (terms.Users is < 1 or > SensitivityTerms.GreatestUsers)
            yield return Error("sensitivity.users", terms.Users, $"a whole number from 1 to {SensitivityTerms.GreatestUsers}");
        if (terms.Says is { } says && !says.Contains("{value}", StringComparison.Ordinal))
            yield return Error("sensitivity.says", says, "a sentence with {value} where the value goes");
    }

    // A number that is none lies nowhere.
    private static bool Outside(double value, double least, double greatest) => !(value >= least && value <= greatest);

    private static ScenarioError Error(string path, object? value, string allowed) => new(path, string.Create(CultureInfo.InvariantCulture, $"is '{value}': it must be {allowed}."));
}
