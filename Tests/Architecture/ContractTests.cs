namespace AgentRec.Tests.Architecture;

/// <summary>
/// Silos and gateways of this build and of the one before run side by side during an upgrade: what they say to each other is checked in,
/// and a change that the other side would misunderstand fails here.
/// </summary>
public sealed class ContractTests
{
    private static readonly string CheckedIn = Path.Combine(Repository.Root, "Tests", "Golden", "contracts.txt");

    [Fact]
    public void ThisBuild_AndTheOneBefore_UnderstandEachOther()
    {
        var before = ContractManifest.Read(File.Exists(CheckedIn) ? File.ReadAllText(CheckedIn) : "");
        var now = ContractManifest.OfThisBuild().WithRetired(before);

        string[] broken = [.. before.BrokenBy(now)];
        Assert.True(
            broken.Length == 0,
            $"This build and the one before cannot run in one cluster. Leave what there is, and add beside it; a member that nobody reads any more becomes '<id> {ContractManifest.Retired}' in {CheckedIn} "
                + $"once no build in use reads it.{Environment.NewLine}{string.Join(Environment.NewLine, broken)}");

        var written = Path.Combine(AppContext.BaseDirectory, "contracts.txt");
        File.WriteAllText(written, now.Write());
        Assert.True(before.Write() == now.Write(), $"The contracts have grown, in a way that the build before understands. Take them over: cp {written} {CheckedIn}");
    }

    [Fact]
    public void Manifest_OfThisBuild_HoldsWhatGrainsSayAndKeep()
    {
        var now = ContractManifest.OfThisBuild();

        Assert.Equal("(agentrec.BidInvitation) ValueTask<agentrec.Bid>", now.Sections["grain agentrec.IItemAgent"]["Bid"]);
        Assert.Equal("Double ; Beta", now.Sections["type agentrec.BidInvitation"]["3"]);
        Assert.Equal("ItemState", now.Sections["class item"]["item-standing"]);
        Assert.NotEmpty(now.Sections["enum TurnAdmissionStatus"]);
        Assert.Equal(now.Write(), ContractManifest.Read(now.Write()).Write());
    }

    [Theory]
    [InlineData("type a\n  0 Int32 ; X\n  1 String ; Y", "type a is gone", "type b\n  0 Int32 ; X")]
    [InlineData("type a\n  0 Int32 ; X\n  1 String ; Y", "1 (String ; Y) is gone", "type a\n  0 Int32 ; X")]
    [InlineData("type a\n  0 Int32 ; X", "0 was Int32 ; X and is Int64 ; X", "type a\n  0 Int64 ; X")]
    [InlineData("type a\n  0 retired", "this id is retired", "type a\n  0 Int64 ; X")]
    [InlineData("grain g\n  Ask (Int32) Task", "Ask was (Int32) Task and is (Int32, Int32) Task", "grain g\n  Ask (Int32, Int32) Task")]
    [InlineData("enum E\n  0 First\n  1 Second", "1 was Second and is Third", "enum E\n  0 First\n  1 Third")]
    [InlineData("class item\n  standing ItemState", "standing (ItemState) is gone", "class item\n  stance ItemState")]
    public void BrokenBy_ChangeThatTheOtherSideMisunderstands_SaysWhich(string before, string expected, string after) =>
        Assert.Contains(expected, Assert.Single(ContractManifest.Read(before).BrokenBy(ContractManifest.Read(after))), StringComparison.Ordinal);

    [Theory]
    [InlineData("type a\n  0 Int32 ; X", "type a\n  0 Int32 ; Renamed\n  1 String ; Y\n\ntype b\n  0 Int32 ; X")]
    [InlineData("grain g\n  Ask (Int32) Task", "grain g\n  Ask (Int32) Task\n  Tell (Int32) Task")]
    [InlineData("enum E\n  0 First", "enum E\n  0 First\n  1 Second")]
    [InlineData("type a\n  0 retired\n  1 Int32 ; X", "type a\n  1 Int32 ; X\n  0 retired")]
    public void BrokenBy_Addition_SaysNothing(string before, string after) => Assert.Empty(ContractManifest.Read(before).BrokenBy(ContractManifest.Read(after)));
}
