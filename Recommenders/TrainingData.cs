using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders.Linear;

namespace AgentRec.Recommenders;

/// <summary>
/// The positives that models learn from, one history per user. Every user with a positive counts, however few: a single one
/// still tells popularity and neighbourhoods something. Only validation asks for more (see <c>ModelTrainer</c>).
/// </summary>
public sealed class TrainingData
{
    private readonly Lazy<SparseRows> users;
    private readonly Lazy<SparseRows> items;

    /// <summary>Data from histories; empty ones are dropped.</summary>
    /// <param name="itemCount">The number of items of the catalogue whose handles the histories hold.</param>
    /// <param name="histories">One history per user, in an order that does not depend on chance.</param>
    /// <exception cref="ArgumentException">A history names a handle outside the catalogue.</exception>
    public TrainingData(int itemCount, IEnumerable<UserHistory> histories)
    {
        ItemCount = itemCount;
        Users = [.. histories.Where(history => history.Count > 0)];
        var counts = new int[itemCount];
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var user in Users)
        {
            foreach (var handle in user.Items)
            {
                if ((uint)handle >= (uint)itemCount)
                    throw new ArgumentException($"A history names handle {handle}, but the catalogue has {itemCount} items: build histories with the catalogue that is trained on.", nameof(histories));
                counts[handle]++;
            }
            first = Math.Min(first, user.Times[0]);
            last = Math.Max(last, user.Times[^1]);
        }
        PositiveCounts = [.. counts];
        Positives = counts.Sum();
        (FirstTime, LastTime) = Users.IsEmpty ? (0, 0) : (first, last);
        users = new(() => SparseRows.FromRows(itemCount, Users.Select(user => user.Items)));
        items = new(() => users.Value.Transpose());
    }

    /// <summary>The number of items of the catalogue, with positives or without.</summary>
    public int ItemCount { get; }

    /// <summary>One history per user with at least one positive.</summary>
    public ImmutableArray<UserHistory> Users { get; }

    /// <summary>The number of positives.</summary>
    public int Positives { get; }

    /// <summary>Positives by handle.</summary>
    public ImmutableArray<int> PositiveCounts { get; }

    /// <summary>The time of the oldest positive in Unix milliseconds; 0 when there is none.</summary>
    public long FirstTime { get; }

    /// <summary>The time of the newest positive in Unix milliseconds; 0 when there is none.</summary>
    public long LastTime { get; }

    /// <summary>The 0/1 matrix X [users, items], columns of a row in the user's order of time.</summary>
    internal SparseRows UserItems => users.Value;

    /// <summary>The transpose of X, users of a row ascending.</summary>
    internal SparseRows ItemUsers => items.Value;

    /// <summary>Collects the positives of all users; the order of the interactions makes no difference.</summary>
    /// <param name="catalogue">The catalogue; interactions with other items are left out.</param>
    /// <param name="interactions">Interactions of any users, types and order.</param>
    /// <param name="seed">The seed of the order of ties (see <see cref="UserHistory.From"/>).</param>
    public static TrainingData Create(Catalogue catalogue, IEnumerable<Interaction> interactions, ulong seed = 0) =>
        new(catalogue.Count, interactions
            .GroupBy(interaction => interaction.UserId, StringComparer.Ordinal)
            .OrderBy(user => user.Key, StringComparer.Ordinal)
            .Select(user => UserHistory.From(catalogue, user, seed)));
}
