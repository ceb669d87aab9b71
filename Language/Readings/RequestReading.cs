using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Language.Readings;

/// <summary>What was read from a request. Every source is a part of the message, letter by letter.</summary>
/// <param name="Constraints">Wishes about facets, in the order of the message.</param>
/// <param name="Anchors">Items that what is wanted should be like.</param>
/// <param name="Orderings">What should come first.</param>
/// <param name="Titles">Items that were asked for by their title.</param>
/// <param name="Quantity">How many items are wanted; null where the message does not say.</param>
/// <param name="Withdrawals">Earlier wishes that are taken back. They go before the constraints.</param>
/// <param name="NotUnderstood">The words that nothing was made of, in the order of the message.</param>
/// <param name="Sought">What a text search should look for, in the order of the message: titles, and words that nothing was made of and items have.</param>
public sealed record RequestReading(
    ImmutableArray<Constraint> Constraints,
    ImmutableArray<Anchor> Anchors,
    ImmutableArray<Ordering> Orderings,
    ImmutableArray<NamedTitle> Titles,
    int? Quantity,
    ImmutableArray<Withdrawal> Withdrawals,
    ImmutableArray<string> NotUnderstood,
    ImmutableArray<Sought> Sought)
{
    /// <summary>Nothing was said.</summary>
    public static RequestReading Nothing { get; } = new([], [], [], [], null, [], [], []);

    /// <summary>What a text search should look for; null where nothing is left to look for.</summary>
    public string? Query => Sought.IsEmpty ? null : string.Join(' ', Sought.Select(one => one.Words));

    /// <summary>True when something to look at is wanted, and no more questions.</summary>
    public bool IsImpatient { get; init; }

    /// <summary>True when something is wanted that nothing was made of, whether or not an item has the words.</summary>
    public bool WantsTheUnknown { get; init; }

    /// <summary>True when the words leave open what is wanted: there is nothing to filter, look for, order by, count or take back.</summary>
    public bool SaysNothingInParticular =>
        Constraints.IsEmpty && Anchors.IsEmpty && Orderings.IsEmpty && Titles.IsEmpty && Withdrawals.IsEmpty && Quantity is null && Sought.IsEmpty && !WantsTheUnknown;
}

/// <summary>An item that what is wanted should be like.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Source">The words.</param>
public sealed record Anchor(string ItemId, string Source);

/// <summary>A wish that items with much, or little, of a facet come first.</summary>
/// <param name="Facet">A facet with numbers.</param>
/// <param name="IsDescending">True where much comes first.</param>
/// <param name="Source">The words.</param>
public sealed record Ordering(string Facet, bool IsDescending, string Source);

/// <summary>An item that was asked for by its title.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Source">The words.</param>
public sealed record NamedTitle(string ItemId, string Source);

/// <summary>A part of a request that is looked for.</summary>
/// <param name="Source">The words as they were said.</param>
/// <param name="Words">The words as the catalogue writes them.</param>
public sealed record Sought(string Source, string Words);

/// <summary>Earlier wishes that are taken back.</summary>
/// <param name="Facet">The facet that they are about; null: everything.</param>
/// <param name="Values">The values that they name; none: all wishes about the facet.</param>
/// <param name="Source">The words.</param>
public sealed record Withdrawal(string? Facet, ImmutableArray<string> Values, string Source);
