namespace AgentRec.Simulation;

/// <summary>
/// How a simulated user reads a slate. It is given what the user knows and sees, and the user's own luck; the default is
/// probabilistic and needs nothing. A brain must answer alike when it is asked alike, or runs cannot be repeated.
/// </summary>
internal interface IUserBrain
{
    /// <summary>Reads a slate from the top.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="slate">Places of items in the world, the first place first.</param>
    /// <param name="turn">The turn of the session, from 1.</param>
    /// <returns>What became of each place, in order.</returns>
    Reading[] Read(Person person, IReadOnlyList<int> slate, int turn);

    /// <summary>The chance that the reader takes an item when looking at it.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="item">The item's place in the world.</param>
    double Chance(Person person, int item);
}

/// <summary>What became of one place of a slate.</summary>
/// <param name="Item">The item's place in the world.</param>
/// <param name="LookedAt">True when it was looked at.</param>
/// <param name="Rating">The rating it got; null when it was not taken.</param>
/// <param name="Utility">The true chance that it would be taken when looked at.</param>
/// <param name="Felt">How it was, in points of rating, where it was taken.</param>
internal readonly record struct Reading(int Item, bool LookedAt, double? Rating, double Utility, double Felt = 0);
