using System.Text.Json.Serialization;

namespace AgentRec.Simulation;

/// <summary>What a world is made from.</summary>
[JsonDerivedType(typeof(SyntheticTerms), "synthetic"), JsonDerivedType(typeof(DataTerms), "data")]
public abstract record WorldTerms;

/// <summary>
/// A world that is drawn: items lie in a space of latent traits, gathered around their genres; each has a quality that all agree
/// on, a fame, and a provider; each user has a taste in that space, and a past of ratings.
/// </summary>
public sealed record SyntheticTerms : WorldTerms
{
    /// <summary>The number of users.</summary>
    /// <value>The default is 200; from 2 to 1,000,000.</value>
    public int Users { get; init; } = 200;

    /// <summary>The number of items at the start.</summary>
    /// <value>The default is 300; from 20 to 100,000.</value>
    public int Items { get; init; } = 300;

    /// <summary>The number of genres; an item has one or two of them.</summary>
    /// <value>The default is 10; from 2 to 100.</value>
    public int Genres { get; init; } = 10;

    /// <summary>The number of providers. The k-th has a share of the items in proportion to 1 / k.</summary>
    /// <value>The default is 10; from 1 to 1,000.</value>
    public int Providers { get; init; } = 10;

    /// <summary>The number of latent traits.</summary>
    /// <value>The default is 8; from 2 to 64.</value>
    public int Traits { get; init; } = 8;

    /// <summary>The mean number of ratings in a user's past; single users have a third of it to three times as many.</summary>
    /// <value>The default is 20; from 5 to 1,000, and at most half the items.</value>
    public int RatingsPerUser { get; init; } = 20;
}

/// <summary>
/// A world from a data set: its items, its users with their ratings as their past, and tastes that explain those ratings (biased
/// matrix factorisation). What the model cannot explain is the users' noise; how often they come by, and for how long, is fitted to their
/// sessions and the number of their ratings, and they rate on the scale that they used, relative to what they have come to expect. The
/// population's other traits are as it says.
/// </summary>
/// <param name="Folder">The data folder; any layout that <c>import</c> reads.</param>
/// <param name="Users">How many of its users take part, those with the smallest hash of seed and id; null: all.</param>
public sealed record DataTerms(string Folder, int? Users = null) : WorldTerms;
