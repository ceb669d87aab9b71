using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Import.Sample;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage;

namespace AgentRec.Tests.Cluster.Tenants;

/// <summary>A tenant beside the sample's: a part of its films under the same ids, with titles that no film of the sample has.</summary>
internal static class SecondTenant
{
    /// <summary>How many items it has.</summary>
    public const int Count = 300;

    /// <summary>What its titles begin with.</summary>
    public const string Word = "Zyx";

    private static readonly TrainingOptions Quick = new() { Scorers = ["content", "popularity", "itemknn"], Ranking = false };

    /// <summary>Its items.</summary>
    public static ImmutableArray<Item> Items { get; } =
        [.. SampleWorld.Films().Take(Count).Select((film, i) => film with { Title = $"{Word}{i}" })];

    /// <summary>Its users' ratings.</summary>
    public static IEnumerable<Interaction> Ratings()
    {
        var ids = Items.Select(item => item.ItemId).ToHashSet(StringComparer.Ordinal);
        return SampleWorld.Ratings(SampleWorld.DefaultSeed).Where(rating => ids.Contains(rating.ItemId));
    }

    /// <summary>Brings its items and its users' ratings.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    public static Task ImportAsync(Store store, string tenant) => SampleStore.LoadAsync(store, tenant, Items, Ratings());

    /// <summary>Trains it a model, which is active from then on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <returns>The version.</returns>
    public static async Task<string> TrainAsync(Store store, string tenant)
    {
        var trained = await StoreTraining.RunAsync(store, tenant, Quick, new ActivationTerms(1, Force: true), null, default);
        Assert.NotNull(trained);
        return trained.Manifest.Version;
    }

    /// <summary>Adds it, whole, to a store that no silo has open.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="tenant">The tenant.</param>
    public static async Task AddAsync(string folder, string tenant)
    {
        await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, default);
        await ImportAsync(store, tenant);
        await TrainAsync(store, tenant);
    }
}
