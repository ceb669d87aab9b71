using System.Text.Json;

namespace AgentRec.Simulation;

/// <summary>What an arm of one world has come to between two periods, beside what is in its store.</summary>
internal sealed class ArmState
{
    /// <summary>By user: what changes in people.</summary>
    public required PersonState[] People { get; init; }

    /// <summary>By item: how many took it, the past included.</summary>
    public required int[] Taken { get; init; }

    /// <summary>By item: how often it was shown.</summary>
    public required int[] Shown { get; init; }

    /// <summary>Items whose provider has made them claim more than is true, by place.</summary>
    public HashSet<int> Stuffed { get; init; } = [];

    /// <summary>Users who do not exist.</summary>
    public List<string> Invented { get; init; } = [];

    /// <summary>How things stand before the first period.</summary>
    public static ArmState Begin(World world)
    {
        var taken = new int[world.Items.Length];
        foreach (var past in world.Past)
        {
            foreach (var rating in past)
                taken[rating.Item]++;
        }
        return new ArmState
        {
            People =
            [
                .. world.Tastes.Zip(world.Past).Select(user => new PersonState
                {
                    Taste = user.First, Known = [.. user.Second.Select(rating => rating.Item)], Expects = world.Scales is null ? null : new AdaptationLevel(),
                }),
            ],
            Taken = taken,
            Shown = new int[world.Items.Length],
        };
    }

    /// <summary>Writes it.</summary>
    public void Save(string file)
    {
        using var stream = File.Create(file);
        JsonSerializer.Serialize(stream, this);
    }

    /// <summary>Reads what was written.</summary>
    public static ArmState Load(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<ArmState>(stream)!;
    }
}
