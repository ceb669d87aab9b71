using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>
/// What is true in a simulation, and hidden from the agents: how good items are, and what people like. A user's appeal for an item,
/// in points of rating, is <see cref="Mean"/> + the item's quality + the user's leaning + taste times traits.
/// </summary>
internal sealed class World
{
    /// <summary>The first moment of the first period.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The items, those that arrive later at the end, in the order of their arrival.</summary>
    public required ImmutableArray<Item> Items { get; init; }

    /// <summary>The period at whose start each item arrives; 0: it was there before.</summary>
    public required int[] Arrives { get; init; }

    /// <summary>By item: its latent traits, scaled so that a taste times them is in points of rating.</summary>
    public required double[][] Traits { get; init; }

    /// <summary>By item: how much better than the mean all find it, in points of rating.</summary>
    public required double[] Quality { get; init; }

    /// <summary>By item: its genres, the most telling first.</summary>
    public required string[][] Genres { get; init; }

    /// <summary>The genres that lead items, in ordinal order; an item without a genre is led by none, the empty one.</summary>
    public string[] LeadingGenres => _leading.Value.Genres;

    /// <summary>By item: the place of its first genre in <see cref="LeadingGenres"/>.</summary>
    public int[] LeadingGenre => _leading.Value.OfItem;

    /// <summary>The users' ids.</summary>
    public required ImmutableArray<string> Users { get; init; }

    /// <summary>By user: the taste at the start.</summary>
    public required double[][] Tastes { get; init; }

    /// <summary>By user: how much better than others the user finds everything, in points of rating.</summary>
    public required double[] Leanings { get; init; }

    /// <summary>By user: what was rated before the first period, by time.</summary>
    public required PastRating[][] Past { get; init; }

    /// <summary>The mean of all ratings.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of what tastes leave unexplained, in points of rating, for a user whose noise is 1.</summary>
    public required double Unexplained { get; init; }

    /// <summary>By user: the ratings of the past, rising, where data tell how a user rates; null: points are given as they are felt.</summary>
    public double[][]? Scales { get; init; }

    private readonly Lazy<(string[] Genres, int[] OfItem)> _leading;

    /// <summary>A world, to be described.</summary>
    public World() => _leading = new(Lead);

    /// <summary>Items that are there in a period.</summary>
    public int Present(int period)
    {
        var (low, high) = (0, Arrives.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Arrives[middle] <= period)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>How a user with a taste finds an item, before it is known whether others do, in points of rating.</summary>
    public double Appeal(int user, double[] taste, int item)
    {
        var (traits, sum) = (Traits[item], Mean + Quality[item] + Leanings[user]);
        for (var i = 0; i < traits.Length; i++)
            sum += taste[i] * traits[i];
        return sum;
    }

    private (string[] Genres, int[] OfItem) Lead()
    {
        string[] genres = [.. Genres.Select(Leading).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (genres, [.. Genres.Select(one => Array.BinarySearch(genres, Leading(one), StringComparer.Ordinal))]);
    }

    private static string Leading(string[] genres) => genres is [var first, ..] ? first : "";
}

/// <summary>A rating from before the first period.</summary>
/// <param name="Item">The item's place in the world.</param>
/// <param name="Rating">The rating, 0.5 to 5.</param>
/// <param name="At">When.</param>
internal readonly record struct PastRating(int Item, double Rating, DateTimeOffset At);
