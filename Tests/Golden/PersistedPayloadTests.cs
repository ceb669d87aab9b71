using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Tests.Unit.Storage;

namespace AgentRec.Tests.Golden;

/// <summary>
/// What this build keeps on disk, checked in: a build that cannot read these files, or writes them differently, cannot read the
/// stores of its users. A new member needs a new file; the old ones stay and must still be read.
/// </summary>
public sealed class PersistedPayloadTests
{
    private static readonly Dictionary<string, UserEvent> Events = new(StringComparer.Ordinal)
    {
        ["interaction"] = new InteractionRecorded(Samples.Rating("u/ 🎬", "m+1", 4.5, Samples.Start.AddMilliseconds(7))),
        ["session-opened"] = Samples.Opened("s 1"),
        ["session-closed"] = new SessionClosed("s 1"),
        ["turn"] = Samples.Turn("s 1", 3, "m1", "m2"),
        ["correction"] = new MemoryCorrected([new Correction("genre", "Horror", Attitude.Never), new Correction("decade", "1990s", Attitude.Neutral)]),
        ["forget"] = new MemoryForgotten(),
    };

    public static TheoryData<string> EventKinds => [.. Events.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EventKinds))]
    public void UserEvent_CheckedIn_IsReadAndWrittenTheSame(string kind) => Check($"event.{kind}.v1.json", Events[kind]);

    [Fact]
    public void UserEvent_EveryKind_IsCheckedIn()
    {
        var kinds = typeof(UserEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(derived => (string)derived.TypeDiscriminator!);
        Assert.Equal(kinds.Order(StringComparer.Ordinal), Events.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Item_CheckedIn_IsReadAndWrittenTheSame() => Check("item.v1.json", Samples.Film);

    private static void Check<T>(string file, T sample)
        where T : class
    {
        var path = Path.Combine(Repository.Root, "Tests", "Golden", file);
        if (!File.Exists(path))
            Assert.Fail($"{path} is missing; this build would write\n{DomainJson.Write(sample)}");
        var golden = File.ReadAllText(path).TrimEnd('\n');
        Assert.Equal(golden, DomainJson.Write(sample));
        Assert.Equal(golden, JsonSerializer.Serialize(DomainJson.Read<T>(golden), DomainJson.Options));
    }
}
