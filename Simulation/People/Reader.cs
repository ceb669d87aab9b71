using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>A simulated user, as a brain is told of one.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Kind">The kind of people.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="Turn">The turn of the session, from 1.</param>
/// <param name="Traits">The traits by name (conformity, diversity, patience, positionBias, trust, noise), each 0 to 1; see <see cref="TraitTerms"/>.</param>
/// <param name="Mood">How the user feels about the recommender, -0.5 to 0.5.</param>
/// <param name="Liked">Titles of what the user gave four points or more in the past, the latest first, at most ten.</param>
/// <param name="Lately">First genres of what was taken last, the newest last, at most five.</param>
public sealed record Reader(
    string UserId, string Kind, int Period, int Turn, ImmutableSortedDictionary<string, double> Traits, double Mood, ImmutableArray<string> Liked, ImmutableArray<string> Lately);

/// <summary>An item of a slate.</summary>
/// <param name="Item">What the catalogue says of it.</param>
/// <param name="IsKnown">Whether the user knows it already: what is known is not taken again.</param>
/// <param name="Appeal">How the user would find it, in points of rating, by the world's truth. A brain may go by it, and need not.</param>
/// <param name="Popularity">How popular it is, 0 for the least popular item and 1 for the most.</param>
public sealed record SeenItem(Item Item, bool IsKnown, double Appeal, double Popularity);

/// <summary>What becomes of a place of a slate.</summary>
/// <param name="LooksAt">Whether it is looked at.</param>
/// <param name="Rating">The rating that it gets, 0.5 to 5, rounded to halves; null where it is not taken. What is not looked at is not taken.</param>
public readonly record struct Choice(bool LooksAt, double? Rating);
