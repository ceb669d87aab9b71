using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Tests.Cluster;

/// <summary>What a user's memory must be: the fold of the log from its first event on.</summary>
internal static class FoldedMemory
{
    /// <summary>Holds what an agent says against the log.</summary>
    /// <param name="view">What the agent says.</param>
    /// <param name="log">The user's log.</param>
    /// <param name="catalogue">The catalogue.</param>
    public static void AssertIs(MemoryView view, IReadOnlyList<LoggedEvent> log, IFacetSource catalogue)
    {
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(one => one.Sequence));
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        foreach (var one in log)
            memory.Apply(one, catalogue);

        Assert.Equal(memory.Sequence, view.Sequence);
        Assert.Equal((memory.Interactions, memory.ConsumedCount, memory.Shown), (view.Interactions, view.Consumed, view.Shown));
        Assert.Equal(memory.LastActive, view.LastActive?.ToUnixTimeMilliseconds());
        Assert.Equal(MemoryProfile.Sentences(memory).ToArray(), view.Sentences.ToArray());
        Assert.Equal(memory.Stated, view.Stated);
        Assert.Equal(
            memory.Recent.Reverse().Select(entry => (catalogue.Item(entry.Item).ItemId, entry.Type, entry.Value, entry.At)),
            view.Recent.Select(entry => (entry.ItemId, entry.Type, entry.Value, entry.At.ToUnixTimeMilliseconds())));
        Assert.Equal(
            memory.Affinities.Select(affinity => (affinity.Facet, affinity.Value, affinity.Count, Math.Round(MemoryProfile.Weight(affinity), 2))).Order(),
            view.Affinities.Select(affinity => (affinity.Facet, affinity.Value, affinity.Interactions, affinity.Weight)).Order());
    }
}
