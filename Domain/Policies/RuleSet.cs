using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>An operator's rules with the terms under which slates are negotiated.</summary>
/// <param name="Name">The policy's name (see <see cref="Identifier"/>).</param>
/// <param name="Version">Given by the registry from 1 on; 0 for a rule set that is not registered.</param>
/// <param name="Concession">How far the user agent gives way.</param>
/// <param name="Agency">How far item agents may turn near-ties.</param>
/// <param name="Protocol">The negotiation protocol's name.</param>
/// <param name="Rules">The rules, in the file's order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RuleSet")]
public sealed record RuleSet(
    [property: Id(0)] string Name,
    [property: Id(1)] int Version,
    [property: Id(2)] Concession Concession,
    [property: Id(3)] Agency Agency,
    [property: Id(4)] string Protocol,
    [property: Id(5)] ImmutableArray<Rule> Rules)
{
    /// <summary>The protocol of a rule set that names none.</summary>
    public const string DefaultProtocol = "concession";

    /// <summary>A rule set without rules and without bids: its slate is the best by utility.</summary>
    public static RuleSet None { get; } = new("none", 0, Concession.Default, Agency.Off, DefaultProtocol, []);

    /// <summary>Where the strata that the rules speak of begin.</summary>
    [Id(6)]
    public Strata Strata { get; init; } = Strata.Default;

    /// <summary>Equal by content.</summary>
    /// <param name="other">The other rule set.</param>
    public bool Equals(RuleSet? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Version == other.Version
        && Concession == other.Concession
        && Agency == other.Agency
        && string.Equals(Protocol, other.Protocol, StringComparison.Ordinal)
        && Rules.SequenceEqual(other.Rules)
        && Strata == other.Strata;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StableHash.Of(0, Name), Version, Rules.Length);
}

/// <summary>How far the user agent gives way, and in how many steps.</summary>
/// <param name="Maximum">The part of the opening's utility that it gives up at most, in [0,1].</param>
/// <param name="Rounds">The rounds in which it gets there, 1 to 16.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ConcessionTerms")]
public sealed record Concession([property: Id(0)] decimal Maximum, [property: Id(1)] int Rounds)
{
    /// <summary>The greatest number of rounds.</summary>
    public const int GreatestRounds = 16;

    /// <summary>15 percent in four rounds.</summary>
    public static Concession Default { get; } = new(0.15m, 4);
}

/// <summary>How far item agents may turn near-ties.</summary>
/// <param name="Beta">The greatest bid, in units of utility; 0 turns item agency off.</param>
/// <param name="Band">The width around the cut within which items may bid, in units of utility.</param>
/// <param name="Invited">The greatest number of items that are asked.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Agency")]
public sealed record Agency([property: Id(0)] decimal Beta, [property: Id(1)] decimal Band, [property: Id(2)] int Invited)
{
    /// <summary>The greatest number of items that may be invited.</summary>
    public const int GreatestInvited = 400;

    /// <summary>
    /// Bids up to 0.005 by up to 128 items: near-ties, where relevances are next-item probabilities. The band reaches down to the
    /// lesser known, whose relevances are lower than their differences are wide; how far they rise is up to beta.
    /// </summary>
    public static Agency Default { get; } = new(0.005m, 0.05m, 128);

    /// <summary>No bids.</summary>
    public static Agency Off { get; } = Default with { Beta = 0 };

    /// <summary>True when items may bid at all.</summary>
    public bool IsOn => Beta > 0 && Band > 0 && Invited > 0;

    /// <summary>The place kept for new items.</summary>
    /// <value>The default is none.</value>
    [Id(3)]
    public Exploration Exploration { get; init; } = Exploration.Off;
}

/// <summary>A place in the slate for items of which nothing is known yet.</summary>
/// <param name="Places">How many places of a slate are kept for new items, 0 or 1.</param>
/// <param name="Exposures">How often a new item is shown before it has to make its own way.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Exploration")]
public sealed record Exploration([property: Id(0)] int Places, [property: Id(1)] int Exposures)
{
    /// <summary>The greatest number of places.</summary>
    public const int GreatestPlaces = 1;

    /// <summary>The greatest number of exposures that a new item may be owed.</summary>
    public const int GreatestExposures = 10_000;

    /// <summary>No place; 50 exposures for each new item where one is given.</summary>
    public static Exploration Off { get; } = new(0, 50);

    /// <summary>True when new items are explored at all.</summary>
    public bool IsOn => Places > 0 && Exposures > 0;
}
