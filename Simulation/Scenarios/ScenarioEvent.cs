using System.Text.Json.Serialization;

namespace AgentRec.Simulation;

/// <summary>Something that happens at the start of a period, in every arm alike.</summary>
/// <param name="Period">The period, from 1.</param>
[JsonDerivedType(typeof(ArrivalsEvent), "arrivals"), JsonDerivedType(typeof(TrendEvent), "trend"), JsonDerivedType(typeof(PolicyEvent), "policy"), JsonDerivedType(typeof(AttackEvent), "attack")]
public abstract record ScenarioEvent(int Period);

/// <summary>New items arrive, which nobody has rated.</summary>
/// <param name="Period">The period, from 1.</param>
/// <param name="Items">How many, from 1 to 10,000.</param>
/// <param name="Quality">Their quality in points of rating beyond the mean, -3 to 3; null: drawn like that of all others.</param>
/// <param name="Provider">Their provider; null: drawn.</param>
public sealed record ArrivalsEvent(int Period, int Items, double? Quality = null, string? Provider = null) : ScenarioEvent(Period);

/// <summary>A genre is in fashion for a while.</summary>
/// <param name="Period">The period, from 1.</param>
/// <param name="Genre">The genre.</param>
/// <param name="Strength">How many points of rating it gains, -3 to 3.</param>
/// <param name="Periods">For how many periods.</param>
public sealed record TrendEvent(int Period, string Genre, double Strength, int Periods) : ScenarioEvent(Period);

/// <summary>Another rule set is in force from now on, in all arms.</summary>
/// <param name="Period">The period, from 1.</param>
/// <param name="Policy">Its name.</param>
public sealed record PolicyEvent(int Period, string Policy) : ScenarioEvent(Period);

/// <summary>Invented users rate, so that an item is shown more often.</summary>
/// <param name="Period">The period, from 1.</param>
/// <param name="Profile">What they rate beside the target.</param>
/// <param name="Share">How many they are, as a share of the users, above 0 and up to 0.5.</param>
/// <param name="Filler">How many items each rates beside the target, as a share of the items, above 0 and up to 0.5.</param>
public sealed record AttackEvent(int Period, ShillingProfile Profile, double Share, double Filler = 0.03) : ScenarioEvent(Period);

/// <summary>What invented users rate beside the item that they push (Mobasher et al., 2007).</summary>
public enum ShillingProfile
{
    /// <summary>Random items, around the mean of all ratings.</summary>
    Random,

    /// <summary>Random items, each around its own mean.</summary>
    Average,

    /// <summary>The best-known items with full marks, and random ones around the mean of all ratings.</summary>
    Bandwagon,

    /// <summary>Items of one genre with full marks, and random ones with the least.</summary>
    Segment,

    /// <summary>Nothing.</summary>
    Single,
}
