using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>
/// An experiment: a world, the people in it, what happens to them, and the arms that are compared on the same people, the same
/// world and the same luck. The same scenario gives the same results, to the byte.
/// </summary>
public sealed record Scenario
{
    /// <summary>The greatest number of periods.</summary>
    public const int GreatestPeriods = 1_000;

    /// <summary>The greatest number of seeds.</summary>
    public const int GreatestSeeds = 100;

    /// <summary>The scenario's name, as an identifier.</summary>
    public required string Name { get; init; }

    /// <summary>The seed that all others derive from.</summary>
    /// <value>The default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>How many worlds are drawn; every arm meets each of them.</summary>
    /// <value>The default is 3; from 1 to 100. Intervals need at least 2.</value>
    public int Seeds { get; init; } = 3;

    /// <summary>How many periods are played.</summary>
    /// <value>The default is 10; from 1 to 1,000.</value>
    public int Periods { get; init; } = 10;

    /// <summary>How many hours of the domain's clock a period takes; within one, the clock stands still.</summary>
    /// <value>The default is 24; from 1 to 8,760.</value>
    public int PeriodHours { get; init; } = 24;

    /// <summary>The number of items in a slate.</summary>
    /// <value>The default is 10; from 1 to 50.</value>
    public int SlateSize { get; init; } = TurnRequest.DefaultSlateSize;

    /// <summary>The world.</summary>
    public WorldTerms World { get; init; } = new SyntheticTerms();

    /// <summary>The kinds of people, by share.</summary>
    /// <value>The default is one kind, with the default traits.</value>
    public ImmutableArray<PopulationTerms> Population { get; init; } = [new PopulationTerms("people", 1, new TraitTerms())];

    /// <summary>What the providers of items want, and what they do for it; those that are not named are honest.</summary>
    public ImmutableArray<ProviderTerms> Providers { get; init; } = [];

    /// <summary>What happens, and when.</summary>
    public ImmutableArray<ScenarioEvent> Events { get; init; } = [];

    /// <summary>What is learned from interactions.</summary>
    public ModelTerms Models { get; init; } = new();

    /// <summary>Models learn anew after every so many periods; 0: never.</summary>
    /// <value>The default is 5.</value>
    public int RetrainEvery { get; init; } = 5;

    /// <summary>The attribute of users that slates should not depend on; null: none is tried.</summary>
    public SensitivityTerms? Sensitivity { get; init; }

    /// <summary>Rule sets beside the bundled ones.</summary>
    public ImmutableArray<RuleSet> Policies { get; init; } = [];

    /// <summary>What is compared. Differences are to the first.</summary>
    public required ImmutableArray<ArmTerms> Arms { get; init; }

    /// <summary>The SHA-256 of everything the scenario says, in hexadecimal.</summary>
    /// <param name="data">The digest of the data that its world is made from; null: it is drawn.</param>
    internal string Digest(string? data = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(Portable(), DomainJson.Options)}{data}")));

    /// <summary>The scenario as it is published: where a machine keeps its data is nobody's business, what the folder is called is.</summary>
    internal Scenario Portable() =>
        World is DataTerms data ? this with { World = data with { Folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data.Folder))) } } : this;
}
