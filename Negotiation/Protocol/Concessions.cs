namespace AgentRec.Negotiation.Protocol;

/// <summary>How a round's concessions are told.</summary>
internal static class Concessions
{
    /// <summary>Tells what both sides give up from this round on.</summary>
    /// <param name="floor">The negotiation.</param>
    /// <param name="round">The round that begins.</param>
    /// <param name="lambda">How much of bids and wishes is still asked for.</param>
    public static void Announce(Floor floor, int round, double lambda)
    {
        var terms = floor.Terms;
        var opening = Utility.InMillionths(Opening.Of(floor.Window, floor.Table.SlateSize));
        floor.Say(new Conceded(round, lambda, (double)(terms.Maximum * round / terms.Rounds), (double)UserStance.Limit(opening, terms, round) / Millionths.One));
    }
}
