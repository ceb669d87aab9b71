using AgentRec.Cli;
using AgentRec.Cli.Commands;
using AgentRec.Cli.Hosting;

namespace AgentRec.Tests.Unit.Cli;

public sealed class CommandTests
{
    private static readonly string[] Known = ["popularity", "ease", "blend"];

    [Theory]
    [InlineData(null, "popularity ease blend")]
    [InlineData("", "popularity ease blend")]
    [InlineData("ease", "ease")]
    [InlineData("blend, ease", "blend ease")]
    [InlineData("ease,ease,", "ease")]
    public void ModelList_OfNames_IsTheListInTheOrderGiven(string? text, string expected) =>
        Assert.Equal(expected.Split(' '), ModelList.Read("--models", text is null ? null : [text], Known));

    [Fact]
    public void ModelList_OfSeveralArguments_JoinsThem() => Assert.Equal(["blend", "ease"], ModelList.Read("--models", ["blend", "ease"], Known));

    [Theory]
    [InlineData("esae")]
    [InlineData("ease,EASE")]
    public void ModelList_OfAnUnknownName_IsAUsageErrorThatNamesTheKnown(string text)
    {
        var failure = Assert.Throws<CommandFailure>(() => ModelList.Read("--models", [text], Known));

        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains("popularity, ease, blend", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "sample")]
    [InlineData("/data/ml-latest-small", "ml-latest-small")]
    [InlineData("/data/ml-latest-small/", "ml-latest-small")]
    public void DefaultStore_OfADataFolder_IsNamedAfterIt(string? data, string name) =>
        Assert.Equal(Path.Combine(".agentrec", name), NodeData.DefaultStore(data));
}
