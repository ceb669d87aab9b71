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
    public static ImmutableArray<string> Sentences(UserMemory memory) => [.. Told(memory).Select(sentence => sentence.Text)];

    /// <summary>The same sentences, with what of them keeps their meaning.</summary>
    /// <param name="memory">The memory.</param>
    public static ImmutableArray<MemorySentence> Told(UserMemory memory)
    {
        var sentences = ImmutableArray.CreateBuilder<MemorySentence>();
        if (memory is { Interactions: 0, Shown: 0 } && !memory.Stated.Any())
            return [new MemorySentence("Nothing is remembered yet.", [], [])];

        if (memory.Interactions > 0)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(memory.LastActive!.Value).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            var (times, last, known) = ($"interacted {Times(memory.Interactions)}", $"last on {day}", string.Create(CultureInfo.InvariantCulture, $"know {memory.ConsumedCount} items"));
            sentences.Add(new MemorySentence($"You have {times}, {last}, and {known}.", [], [times, last, known]));
        }
        foreach (var group in memory.Affinities.GroupBy(affinity => affinity.Facet, StringComparer.Ordinal))
        {
            Add(sentences, group.Key, "take to", group.Where(affinity => Weight(affinity) >= Telling).OrderByDescending(Weight));
            Add(sentences, group.Key, "tend to avoid", group.Where(affinity => Weight(affinity) <= -Telling).OrderBy(Weight));
        }
        foreach (var stated in memory.Stated)
        {
            var stance = stated.Attitude switch
            {
                Attitude.Like => "like",
                Attitude.Dislike => "do not like",
                _ => "never want",
            };
            sentences.Add(new MemorySentence($"You said that you {stance} {stated.Facet} {stated.Value}.", [stance, stated.Value], []));
        }
        if (memory.Shown > 0)
        {
            var shown = $"shown items {Times(memory.Shown)}";
            sentences.Add(new MemorySentence($"You have been {shown}.", [], [shown]));
        }
        return sentences.ToImmutable();
    }

    private static void Add(ImmutableArray<MemorySentence>.Builder sentences, string facet, string verb, IEnumerable<Affinity> leanings)
    {
        (string Name, string Counted)[] listed = [.. leanings.Take(MostListed).Select(affinity => (affinity.Value, $"{affinity.Value} ({Times(affinity.Count)})"))];
        if (listed.Length > 0)
        {
            sentences.Add(new MemorySentence(
                $"By {facet}, you {verb} {string.Join(", ", listed.Select(value => value.Counted))}.", [verb], [.. listed.SelectMany(value => (string[])[value.Counted, value.Name])]));
        }
    }

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
