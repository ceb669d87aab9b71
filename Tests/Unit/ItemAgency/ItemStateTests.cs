using AgentRec.Domain;
using AgentRec.Grains.Items;

namespace AgentRec.Tests.Unit.ItemAgency;

public sealed class ItemStateTests
{
    [Fact]
    public void TakeCounts_OfAnItemThatKeptItsOwn_GivesThemOnce()
    {
        var state = new ItemState { FirstSeen = 5, Exposures = new() { [0] = 12, [17] = 3 }, Receptions = new() { [17] = 2 }, Rejections = new() { [63] = 1 } };
        Assert.True(state.HasCounts);

        Assert.Equal([(0, new ExposureCounts(12, 0, 0)), (17, new ExposureCounts(3, 2, 0)), (63, new ExposureCounts(0, 0, 1))], state.TakeCounts());

        Assert.False(state.HasCounts);
        Assert.Empty(state.TakeCounts());
        Assert.Equal(5, state.FirstSeen);
    }
}
