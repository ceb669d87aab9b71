using AgentRec.Grains.Planning;
using AgentRec.Grains.Tools;

namespace AgentRec.Tests.Unit.Planning;

/// <summary>The planner's table, enumerated.</summary>
public sealed class PlanTableTests
{
    [Theory]
    [InlineData("none", false, false, false, "new user", "trending")]
    [InlineData("none", false, false, true, "new user", "trending")]
    [InlineData("none", false, true, false, "new user, returning", "trending")]
    [InlineData("none", false, true, true, "new user, returning", "trending")]
    [InlineData("none", true, false, false, "new user, request", "trending vectors")]
    [InlineData("none", true, false, true, "new user, request, no tools", "trending")]
    [InlineData("none", true, true, false, "new user, request", "trending vectors")]
    [InlineData("none", true, true, true, "new user, request, no tools", "trending")]
    [InlineData("many", false, false, false, "warm user", "collaborative")]
    [InlineData("many", false, false, true, "warm user", "collaborative")]
    [InlineData("many", false, true, false, "warm user, returning", "collaborative")]
    [InlineData("many", false, true, true, "warm user, returning", "collaborative")]
    [InlineData("many", true, false, false, "warm user, request", "collaborative vectors")]
    [InlineData("many", true, false, true, "warm user, request, no tools", "collaborative")]
    [InlineData("many", true, true, false, "warm user, request", "collaborative vectors")]
    [InlineData("many", true, true, true, "warm user, request, no tools", "collaborative")]
    public void Decide_ByState_AsksTheseSources(string history, bool hasWords, bool isReturning, bool areToolsDown, string expectedCase, string sources)
    {
        var rule = PlanTable.Decide(Known(history, hasWords, isReturning, areToolsDown));

        Assert.Equal(expectedCase, rule.Case);
        Assert.Equal(sources.Split(' '), rule.Sources);
        Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("few")]
    [InlineData("some")]
    [InlineData("many")]
    public void Decide_OnAnyHistoryAtAll_LetsItSpeak(string history) =>
        Assert.Equal(PlanTable.Collaborative, PlanTable.Decide(Known(history, hasWords: true, isReturning: false, areToolsDown: false)).Sources[0]);

    [Fact]
    public void Rules_AllCount_EachForAStateOfItsOwn()
    {
        var decided = Enumerable.Range(0, 16)
            .Select(bits => PlanTable.Decide(Known((bits & 1) == 0 ? "none" : "few", (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0)).Case)
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(PlanTable.Rules.Select(rule => rule.Case).Order(StringComparer.Ordinal), decided.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, false, "vectors")]
    [InlineData(true, true, "")]
    [InlineData(false, false, "")]
    public void AtOnce_BeforeTheHistoryIsKnown_NamesWhatEveryHistoryAsksFor(bool hasWords, bool areToolsDown, string tools) =>
        Assert.Equal(tools, string.Join(' ', PlanTable.AtOnce(Known(null, hasWords, isReturning: false, areToolsDown))));

    [Theory]
    [InlineData(true, true, DropReasons.Resting, true)]
    [InlineData(false, false, "nothing was asked in words", false)]
    [InlineData(false, true, "nothing was asked in words", false)]
    public void Skipped_ToolsThatAreNotAsked_AreNamedWithTheReason(bool hasWords, bool areToolsDown, string reason, bool isMissed)
    {
        var known = Known("some", hasWords, isReturning: false, areToolsDown);

        Assert.Equal([new SkippedTool(ToolNames.Vectors, reason, isMissed)], PlanTable.Skipped(PlanTable.Decide(known), known).ToArray());
    }

    [Fact]
    public void Skipped_WhereEverythingIsAsked_IsEmpty()
    {
        var known = Known("some", hasWords: true, isReturning: false, areToolsDown: false);

        Assert.Empty(PlanTable.Skipped(PlanTable.Decide(known), known));
    }

    private static Knowledge Known(string? history, bool hasWords, bool isReturning, bool areToolsDown) =>
        new(history, hasWords, isReturning, areToolsDown ? PlanTable.Tools : []);
}
