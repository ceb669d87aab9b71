using AgentRec.Grains.Planning;

namespace AgentRec.Tests.Unit.Grains;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("none", false, "trending")]
    [InlineData("none", true, "trending vectors")]
    [InlineData("few", false, "collaborative")]
    [InlineData("few", true, "collaborative vectors")]
    [InlineData("some", false, "collaborative")]
    [InlineData("some", true, "collaborative vectors")]
    [InlineData("many", false, "collaborative")]
    [InlineData("many", true, "collaborative vectors")]
    public void Decide_ByState_AsksTheseTools(string history, bool hasMessage, string tools)
    {
        var route = Routing.Decide(history, hasMessage);

        Assert.Equal(tools.Split(' '), route.Tools);
        Assert.NotEmpty(route.Reason);
    }
}
