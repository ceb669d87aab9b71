using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class FiguresTests
{
    [Fact]
    public void Stable_CountedIds_AreNumberedAnewUnderTheDrawingsName_AndTextStays()
    {
        const string svg = "<clipPath id=\"cl_3f\"/><g clip-path=\"url(#cl_3f)\"/><clipPath id=\"cl_40\"/><text>arm cl_3f, a paper clip</text>";

        Assert.Equal(
            "<clipPath id=\"gini-clip0\"/><g clip-path=\"url(#gini-clip0)\"/><clipPath id=\"gini-clip1\"/><text>arm cl_3f, a paper clip</text>",
            Figures.Stable(svg, "gini"));
    }
}
