using AgentRec.Domain;
using AgentRec.Grains.Items;
using AgentRec.Grains.Users;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Recommenders.Memory;
using AgentRec.Silo;

namespace AgentRec.Tests.Golden;

/// <summary>The states of agents as this build stores them, checked in: a later build must read what an earlier one wrote.</summary>
public sealed class GrainStateTests
{
    private static readonly SnapshotSerializer Serializer = new();

    [Fact]
    public void ItemState_CheckedIn_IsReadAndWrittenTheSame() => Check("state.item.v1.json", new ItemState
    {
        FirstSeen = 1714588200000,
        Exposures = new() { [0] = 12, [17] = 3, [63] = 1 },
        Receptions = new() { [17] = 2 },
        Rejections = new() { [0] = 1 },
    });

    [Fact]
    public void ItemState_OfANewItem_IsReadAndWrittenTheSame() => Check("state.item-new.v1.json", new ItemState());

    [Fact]
    public void ExposureShardState_CheckedIn_IsReadAndWrittenTheSame() => Check("state.exposure-shard.v1.json", new ExposureShardState
    {
        Version = 9,
        Entries = [new SegmentExposure("a", 0, new ExposureCounts(12, 2, 1)), new SegmentExposure("a", 63, new ExposureCounts(1, 0, 0)), new SegmentExposure("b \"x\" 🎬", 17, new ExposureCounts(3, 3, 0))],
        Writers = [new WriterMark("w1", 4), new WriterMark("w2", 7)],
    });

    [Fact]
    public void ExposureShardState_OfANewShard_IsReadAndWrittenTheSame() => Check("state.exposure-shard-new.v1.json", new ExposureShardState());

    [Fact]
    public void UserAgentState_CheckedIn_IsReadAndWrittenTheSame() => Check("state.user.v1.json", new UserAgentState
    {
        Memory = new MemorySnapshot(
            Format: 1, Sequence: 42, Interactions: 5, Shown: 3, LastActive: 1714588200007,
            [new TimedItem(7, 1714588200000), new TimedItem(3, 1714588200007)],
            [3, 7, 11],
            [new EpisodicEntry(7, InteractionType.Like, null, 1714588200000), new EpisodicEntry(11, InteractionType.Rate, 2.5, 1714588200003), new EpisodicEntry(3, InteractionType.Consume, null, 1714588200007)],
            [new Affinity("genre", "Film-Noir", 1.0 / 3, 2.0 / 3, 2, 1714588200007), new Affinity("genre", "Horror \"x\" 🎬", -1e-7, 1, 1, 1714588200003)],
            [new Correction("decade", "1990s", Attitude.Like), new Correction("genre", "Horror", Attitude.Never), new Correction("genre", "War", Attitude.Dislike)],
            [new ExposureEntry(7, [1714588200000, 1714588200007]), new ExposureEntry(9, [1714588200007])]),
    });

    [Fact]
    public void UserAgentState_OfANewUser_IsReadAndWrittenTheSame() => Check("state.user-new.v1.json", new UserAgentState());

    [Fact]
    public void Deserialize_OfNull_SaysWhatWasExpected() =>
        Assert.Contains("ItemState", Assert.Throws<System.Text.Json.JsonException>(() => Serializer.Deserialize<ItemState>(new BinaryData("null"))).Message, StringComparison.Ordinal);

    private static void Check<T>(string file, T sample)
    {
        var path = Path.Combine(Repository.Root, "Tests", "Golden", file);
        var written = Serializer.Serialize(sample).ToString();
        Assert.True(File.Exists(path), $"{path} is missing; this build would write\n{written}");
        var golden = File.ReadAllText(path).TrimEnd('\n');
        Assert.Equal(golden, written);
        Assert.Equal(golden, Serializer.Serialize(Serializer.Deserialize<T>(new BinaryData(golden))).ToString());
    }
}
