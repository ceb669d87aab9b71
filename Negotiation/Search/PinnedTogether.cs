using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// What several hard pins ask of a slate as a set: of one place, a candidate that all of them let hold it; of two places, two
/// candidates.
/// </summary>
internal static class PinnedTogether
{
    public static IEnumerable<RuleColumn> Columns(RuleColumn[] columns)
    {
        var places = columns
            .Where(column => column is { Kind: ColumnKind.Pin, IsHard: true, AtLeast: > 0 })
            .GroupBy(column => column.Rule.Place)
            .Select(group => (First: group.First(), Count: group.Count(), Holders: Holders([.. group])))
            .ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Count > 1)
                yield return places[i].First.Members(places[i].Holders, 1);
            for (var j = 0; j < i; j++)
                yield return places[i].First.Members([.. places[i].Holders.Zip(places[j].Holders, Math.Max)], 2);
        }
    }

    private static long[] Holders(RuleColumn[] pins) => [.. pins[0].Amounts.Select((_, i) => pins.Min(pin => pin.Amounts[i]))];
}
