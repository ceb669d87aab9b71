namespace AgentRec.Simulation;

/// <summary>A turn, as results hold it.</summary>
/// <param name="User">The user's place in the world.</param>
/// <param name="Turn">The turn of the session, from 1.</param>
/// <param name="UtilityKept">The share of the opening's utility that was kept.</param>
/// <param name="Regret">1 - the slate's true value over that of the best possible one; value: the sum of chances to be taken over log2(place + 1).</param>
/// <param name="Hit">True when one of the ten truly best items was in the slate.</param>
/// <param name="Ndcg">NDCG of the slate by the ten truly best items, binary.</param>
/// <param name="Satisfaction">0 to 1, see <see cref="Person.Live"/>.</param>
/// <param name="Success">True when something got four points or more.</param>
/// <param name="Taken">How many items were taken.</param>
/// <param name="Questions">How many questions were asked before the slate was shown.</param>
/// <param name="StoodIn">Whether the rules read the slate, as the arm's brain had no answer; null where the rules are its brain.</param>
internal readonly record struct TurnRow(
    int User, int Turn, double UtilityKept, double Regret, bool Hit, double Ndcg, double Satisfaction, bool Success, int Taken, int Questions, bool? StoodIn = null);

/// <summary>A place of a slate, as results hold it.</summary>
/// <param name="User">The user's place in the world.</param>
/// <param name="Turn">The turn of the session, from 1.</param>
/// <param name="Position">The place in the slate, from 1.</param>
/// <param name="Reading">What became of it.</param>
internal readonly record struct ItemRow(int User, int Turn, int Position, Reading Reading);

/// <summary>What happened in a period of an arm.</summary>
/// <param name="Turns">The turns, by user and turn.</param>
/// <param name="Items">Their places, by user, turn and position.</param>
/// <param name="Away">How many users stayed away or had left at the period's end.</param>
/// <param name="Screening">What the screen came to; null where none was asked.</param>
internal sealed record PeriodRows(TurnRow[] Turns, ItemRow[] Items, int Away, Screening? Screening);

/// <summary>What a screen for invented users came to.</summary>
/// <param name="Invented">Invented users that there were.</param>
/// <param name="Found">How many of them were found.</param>
/// <param name="Real">Real users that there were.</param>
/// <param name="Alarms">How many of them were taken for invented ones.</param>
internal sealed record Screening(int Invented, int Found, int Real, int Alarms);
