using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>A memory in words and figures, for the user's own eyes.</summary>
public static class MemoryProfile
{
    private const double Prior = 3;
    private const double Telling = 0.15;
    private const int MostListed = 5;

    /// <summary>A leaning as a figure from -1 (avoids) to 1 (takes to): the decayed signals over their mass, shrunk towards 0 while they are few.</summary>
    /// <param name="affinity">The affinity.</param>
    public static double Weight(Affinity affinity) => affinity.Signal / (affinity.Mass + Prior);

    /// <summary>The profile in sentences; a new user gets one that says so.</summary>
    /// <param name="memory">The memory.</param>
    public static ImmutableArray<string> Sentences(UserMemory memory)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        if (memory is { Interactions: 0, Shown: 0 } && !memory.Stated.Any())
            return ["Nothing is remembered yet."];

        if (memory.Interactions > 0)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(memory.LastActive!.Value).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            sentences.Add($"You have interacted {Times(memory.Interactions)}, last on {day}, and know {memory.ConsumedCount} items.");
        }
        foreach (var group in memory.Affinities.GroupBy(affinity => affinity.Facet, StringComparer.Ordinal))
        {
            Add(sentences, group.Key, "take to", group.Where(affinity => Weight(affinity) >= Telling).OrderByDescending(Weight));
            Add(sentences, group.Key, "tend to avoid", group.Where(affinity => Weight(affinity) <= -Telling).OrderBy(Weight));
        }
        foreach (var stated in memory.Stated)
        {
            sentences.Add(stated.Attitude switch
            {
                Attitude.Like => $"You said that you like {stated.Facet} {stated.Value}.",
                Attitude.Dislike => $"You said that you do not like {stated.Facet} {stated.Value}.",
                _ => $"You said that you never want {stated.Facet} {stated.Value}.",
            });
        }
        if (memory.Shown > 0)
            sentences.Add($"You have been shown items {Times(memory.Shown)}.");
        return sentences.ToImmutable();
    }

    private static void Add(ImmutableArray<string>.Builder sentences, string facet, string verb, IEnumerable<Affinity> leanings)
    {
        Affinity[] listed = [.. leanings.Take(MostListed)];
        if (listed.Length > 0)
            sentences.Add($"By {facet}, you {verb} {string.Join(", ", listed.Select(affinity => $"{affinity.Value} ({Times(affinity.Count)})"))}.");
    }

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
