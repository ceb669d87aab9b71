using System.Text.Json;
using System.Xml.Linq;
using AgentRec.Cli.Load;

namespace AgentRec.Tests.Unit.Load;

public sealed class LoadReportTests
{
    private static readonly LoadTerms Terms = new([50, 200], 2, 0, 10, RequestMix.Default, 10, 100, 30, 7);

    [Theory]
    [InlineData("turns=60,feedback=30,ingest=10", 60, 30, 10)]
    [InlineData("ingest=1", 0, 0, 1)]
    [InlineData("turns = 2, ingest = 3", 2, 0, 3)]
    public void Mix_Written_IsRead(string text, int turns, int feedback, int ingestion) => Assert.Equal(new RequestMix(turns, feedback, ingestion), RequestMix.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("turns")]
    [InlineData("turns=")]
    [InlineData("turns=-1")]
    [InlineData("turns=0")]
    [InlineData("turns=1,turns=2")]
    [InlineData("turns=1,reads=2")]
    [InlineData("turns=1.5")]
    [InlineData("turns=9999999999")]
    public void Mix_OfWrongText_IsNone(string text) => Assert.Null(RequestMix.Read(text));

    [Fact]
    public void Mix_DrawnOften_HasItsParts()
    {
        var random = new Random(3);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => RequestMix.Default.Draw(random)).CountBy(kind => kind).ToDictionary();

        Assert.InRange(drawn[RequestKind.Turn], 5_800, 6_200);
        Assert.InRange(drawn[RequestKind.Feedback], 2_800, 3_200);
        Assert.InRange(drawn[RequestKind.Ingestion], 850, 1_150);
    }

    [Fact]
    public void Json_OfAReport_HasFiguresByRateAndKind()
    {
        using var json = JsonDocument.Parse(Report().ToJson());
        var root = json.RootElement;

        Assert.Equal(7u, root.GetProperty("terms").GetProperty("seed").GetUInt64());
        Assert.Equal(60, root.GetProperty("terms").GetProperty("mix").GetProperty("turns").GetInt32());
        Assert.True(root.GetProperty("generator").GetProperty("cores").GetInt32() > 0);
        Assert.Equal([50, 200], root.GetProperty("rates").EnumerateArray().Select(rate => rate.GetProperty("rate").GetDouble()));
        var first = root.GetProperty("rates")[0];
        Assert.Equal((4, 2, 1, 1), (Number(first, "offered"), Number(first, "succeeded"), Number(first, "failed"), Number(first, "notStarted")));
        Assert.Equal("""{"503":1}""", JsonSerializer.Serialize(first.GetProperty("all").GetProperty("errors")));
        Assert.Equal(20, first.GetProperty("kinds").GetProperty("turn").GetProperty("latency").GetProperty("p999").GetDouble(), 0.02);
        Assert.False(first.GetProperty("kinds").GetProperty("feedback").TryGetProperty("latency", out _));
        Assert.False(first.GetProperty("kinds").TryGetProperty("ingestion", out _));

        static long Number(JsonElement rate, string name) => rate.GetProperty("all").GetProperty(name).GetInt64();
    }

    [Fact]
    public void Plot_OfAReport_HasALineForEachRateWithinItsFrame()
    {
        var svg = XDocument.Parse(LatencyPlot.Draw(Report())).Root!;
        var lines = svg.Elements(svg.Name.Namespace + "polyline").Select(line => line.Attribute("points")!.Value).ToArray();

        Assert.Equal(2, lines.Length);
        Assert.Equal(["50 per second", "200 per second"], svg.Elements(svg.Name.Namespace + "text").Select(text => text.Value).Where(text => text.EndsWith("per second", StringComparison.Ordinal)));
        foreach (var point in lines.SelectMany(line => line.Split(' ')))
        {
            var place = point.Split(',').Select(double.Parse).ToArray();
            Assert.InRange(place[0], 70, 610);
            Assert.InRange(place[1], 40, 370);
        }
    }

    [Fact]
    public void Plot_OfNothing_IsAnEmptyFrame()
    {
        var nothing = Report() with { Rates = [new LoadTally { Lasted = TimeSpan.FromSeconds(1) }.Figures(new ArrivalSchedule(5, TimeSpan.FromSeconds(1)))] };
        var svg = XDocument.Parse(LatencyPlot.Draw(nothing)).Root!;

        Assert.Empty(svg.Elements(svg.Name.Namespace + "polyline"));
    }

    private static LoadReport Report() => new(
        "1", DateTimeOffset.UnixEpoch, new Uri("http://127.0.0.1:5080"), Machine.Here(), Terms,
        [.. Terms.Rates.Select((rate, i) => Tally(i).Figures(new ArrivalSchedule(rate, TimeSpan.FromSeconds(2))))]);

    private static LoadTally Tally(int i)
    {
        var tally = new LoadTally { Lasted = TimeSpan.FromSeconds(2) };
        tally.Ended(RequestKind.Turn, new RequestEnding("200", Succeeded: true), TimeSpan.FromMilliseconds(10 * (i + 1)));
        tally.Ended(RequestKind.Turn, new RequestEnding("200", Succeeded: true), TimeSpan.FromMilliseconds(20 * (i + 1)));
        tally.Ended(RequestKind.Feedback, new RequestEnding("503", Succeeded: false), TimeSpan.FromMilliseconds(1));
        tally.Ended(RequestKind.Turn, RequestEnding.NoIdleSession, TimeSpan.Zero);
        return tally;
    }
}
