using System.Globalization;
using AgentRec.Grains.Telemetry;

namespace AgentRec.Tests.Unit.Telemetry;

public sealed class BoundedNamesTests
{
    [Fact]
    public void Of_MoreNamesThanAreToldApart_CallsTheRestOthers()
    {
        var names = new BoundedNames();
        string[] given = [.. Enumerable.Range(0, BoundedNames.Greatest + 5).Select(i => i.ToString(CultureInfo.InvariantCulture))];

        Assert.Equal([.. given.Take(BoundedNames.Greatest), .. Enumerable.Repeat(BoundedNames.Others, 5)], given.Select(names.Of));
        Assert.Equal("0", names.Of("0"));
    }
}
