using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;

namespace AgentRec.Gateway.Items;

/// <summary>An item with its agent's standing.</summary>
/// <param name="ItemId">The id.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Provider">Who offers it.</param>
/// <param name="Facets">Named values, each one or an array.</param>
/// <param name="Text">Free text about it.</param>
/// <param name="Standing">How it fares.</param>
internal sealed record ItemView(
    string ItemId, string Title, string? Provider, ImmutableSortedDictionary<string, ImmutableArray<string>> Facets, string? Text, StandingView Standing)
{
    /// <summary>Joins item and standing.</summary>
    /// <param name="standing">What the item's agent says.</param>
    public static ItemView Of(ItemStanding standing)
    {
        var item = standing.Item;
        return new(
            item.ItemId, item.Title, item.Provider, item.Facets, item.Text,
            new StandingView(standing.Stratum, standing.Exposures, standing.Receptions, standing.Rejections));
    }
}

/// <summary>How an item fares.</summary>
/// <param name="Stratum">How popular it is.</param>
/// <param name="Exposures">How often it has been shown.</param>
/// <param name="Receptions">How often it was received well.</param>
/// <param name="Rejections">How often it was received badly.</param>
internal sealed record StandingView(Stratum Stratum, long Exposures, long Receptions, long Rejections);
