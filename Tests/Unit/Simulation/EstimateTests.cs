using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class EstimateTests
{
    [Fact]
    public void Of_FourValues_GivesStudentsInterval()
    {
        // Mean 2.5, deviation 1.29099, t(3, 0.975) = 3.18245: 2.5 plus or minus 2.05427.
        var estimate = Estimate.Of([1, 2, 3, 4]);

        Assert.Equal(2.5, estimate.Mean);
        Assert.Equal(0.44573, estimate.Low!.Value, 4);
        Assert.Equal(4.55427, estimate.High!.Value, 4);
    }

    [Fact]
    public void Of_OneValue_HasNoInterval() => Assert.Equal(new Estimate(7, null, null), Estimate.Of([7]));

    [Theory]
    [InlineData(0.03464, "0.0346")]
    [InlineData(-999.99999, "-1000.0000")]
    [InlineData(14_924.25, "14,924")]
    [InlineData(-14_924.25, "-14,924")]
    public void Figure_OfThousands_HasNoDecimals(double value, string expected) => Assert.Equal(expected, Estimate.Figure(value));
}
