using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders;

/// <summary>
/// What scorers know of a user: the items taken to, as handles, oldest first, each once. It carries no ids and nothing that the
/// user did not take to.
/// </summary>
public sealed class UserHistory
{
    private UserHistory(ImmutableArray<int> items, ImmutableArray<long> times)
    {
        Items = items;
        Times = times;
    }

    /// <summary>The history of a new user.</summary>
    public static UserHistory Empty { get; } = new([], []);

    /// <summary>Handles of the items taken to, oldest first.</summary>
    public ImmutableArray<int> Items { get; }

    /// <summary>When, in Unix milliseconds, parallel to <see cref="Items"/>.</summary>
    public ImmutableArray<long> Times { get; }

    /// <summary>The number of items.</summary>
    public int Count => Items.Length;

    /// <summary>A history from events that are already in order; of several with one item the first counts.</summary>
    /// <param name="ordered">Handles with Unix milliseconds, oldest first.</param>
    public static UserHistory Create(IEnumerable<(int Handle, long Time)> ordered)
    {
        var seen = new HashSet<int>();
        (int Handle, long Time)[] kept = [.. ordered.Where(entry => seen.Add(entry.Handle))];
        return kept.Length == 0 ? Empty : new UserHistory([.. kept.Select(entry => entry.Handle)], [.. kept.Select(entry => entry.Time)]);
    }

    /// <summary>
    /// The positives among one user's interactions, ordered by time and, where times tie, by a seeded hash of user and item:
    /// many data sets have coarse clocks, and an order by id would leak how ids were given. Items outside the catalogue are
    /// left out; an interaction without a time counts as older than all others.
    /// </summary>
    /// <param name="catalogue">The catalogue that gives the handles.</param>
    /// <param name="interactions">Interactions of one user, in any order.</param>
    /// <param name="seed">The seed of the order of ties.</param>
    public static UserHistory From(Catalogue catalogue, IEnumerable<Interaction> interactions, ulong seed = 0) =>
        Create(interactions
            .Where(interaction => interaction.IsPositive)
            .Select(interaction => (Known: catalogue.TryHandle(interaction.ItemId, out var handle), Handle: handle, Time: TimeOf(interaction), interaction.UserId, interaction.ItemId))
            .Where(entry => entry.Known)
            .OrderBy(entry => entry.Time)
            .ThenBy(entry => StableHash.Of(seed, entry.UserId, entry.ItemId))
            .Select(entry => (entry.Handle, entry.Time)));

    /// <summary>The first <paramref name="count"/> items only.</summary>
    /// <param name="count">How many to keep, at most <see cref="Count"/>.</param>
    public UserHistory Before(int count) => count == 0 ? Empty : new UserHistory(Items[..count], Times[..count]);

    /// <summary>The last <paramref name="count"/> items only.</summary>
    /// <param name="count">How many to keep, at most <see cref="Count"/>.</param>
    public UserHistory Last(int count) => count == 0 ? Empty : new UserHistory(Items[^count..], Times[^count..]);

    internal static long TimeOf(Interaction interaction) => interaction.Timestamp?.ToUnixTimeMilliseconds() ?? 0;
}
