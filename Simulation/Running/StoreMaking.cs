using AgentRec.Domain;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;

namespace AgentRec.Simulation;

/// <summary>Makes the store that a world begins with: its items, its users' past, and a model that learned from it.</summary>
internal static class StoreMaking
{
    private const string Tenant = Identifier.DefaultTenant;
    private const string Done = "made";

    /// <summary>Makes the store, unless it is there.</summary>
    public static async Task MakeAsync(string folder, World world, ModelTerms models, ulong seed, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, Done)))
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await using (var store = await EmbeddedStore.OpenUnflushedAsync(folder, new VirtualClock(World.Start), cancellationToken))
        {
            var source = new BulkLoadSource(
                world.Items.Take(world.Present(0)).Select((item, i) => new Sourced<Item>(item, "items", i + 1)),
                Past(world).Select((interaction, i) => new Sourced<Interaction>(interaction, "past", i + 1)),
                InventItems: false);
            await BulkLoad.RunAsync(store, Tenant, source, row => throw new InvalidOperationException($"The world has a bad row: {row}"), null, cancellationToken);
            await TrainAsync(store, models, seed, screen: false, cancellationToken);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, Done), "", cancellationToken);
    }

    /// <summary>Learns from what the store holds, and serves it from the next start on.</summary>
    /// <returns>The model, and who was not learned from; null when there is nothing to learn from.</returns>
    public static async Task<TrainedModel?> TrainAsync(Store store, ModelTerms models, ulong seed, bool screen, CancellationToken cancellationToken)
    {
        var options = new TrainingOptions { Seed = seed, Scorers = models.Scorers, Ranking = models.Ranking, Screen = screen };
        return await StoreTraining.RunAsync(store, Tenant, options, ActivationTerms.Default with { Force = true }, null, cancellationToken);
    }

    /// <summary>Puts a rule set.</summary>
    public static async Task PutAsync(Store store, RuleSet rules, CancellationToken cancellationToken) =>
        await store.Policies.PutAsync(Tenant, rules.Name, RuleSetWriter.WriteJson(rules), cancellationToken);

    /// <summary>Copies a store that nobody has open.</summary>
    public static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static IEnumerable<Interaction> Past(World world)
    {
        for (var user = 0; user < world.Users.Length; user++)
        {
            foreach (var (item, rating, at) in world.Past[user])
                yield return new Interaction($"past-{user}-{item}", world.Users[user], world.Items[item].ItemId, InteractionType.Rate, rating, at);
        }
    }
}
