using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Planning;

/// <summary>What a turn asks for that no constraint can say. It holds for this turn alone.</summary>
/// <param name="Like">Ids of the items that what is wanted should be like.</param>
/// <param name="Order">What should come first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnWishes")]
public sealed record TurnWishes([property: Id(0)] ImmutableArray<string> Like, [property: Id(1)] ImmutableArray<OrderingWish> Order)
{
    /// <summary>Nothing in particular.</summary>
    public static TurnWishes None { get; } = new([], []);

    /// <summary>True when nothing in particular is asked for.</summary>
    public bool IsEmpty => Like.IsEmpty && Order.IsEmpty;
}

/// <summary>A wish that items with much, or little, of a facet come first.</summary>
/// <param name="Facet">A facet with numbers.</param>
/// <param name="IsDescending">True where much comes first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.OrderingWish")]
public sealed record OrderingWish([property: Id(0)] string Facet, [property: Id(1)] bool IsDescending);
