using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class SensitivityTests
{
    [Theory]
    [InlineData("a b c", "a b c", 1, 1)]
    [InlineData("a b c", "c b a", 1, 0)]
    [InlineData("a b c", "d e f", 0, 0)]
    // Of ab, ac, bc: a comes before what is missing, and b is missing.
    [InlineData("a b c", "a d c", 0.5, 2.0 / 3)]
    // a before c, and a before b, which is missing; b is missing, so not before c.
    [InlineData("a b c", "a c", 2.0 / 3, 2.0 / 3)]
    [InlineData("a", "a", 1, 1)]
    [InlineData("a", "b", 0, 0)]
    [InlineData("", "", 1, 1)]
    public void Similarity_OfTwoSlates_IsByContentAndByOrder(string neutral, string other, double jaccard, double pairwise)
    {
        var (x, y) = (Items(neutral), Items(other));

        Assert.Equal(jaccard, SlateSimilarity.Jaccard(x, y), 12);
        Assert.Equal(pairwise, SlateSimilarity.Pairwise(x, y), 12);
    }

    [Fact]
    public void Of_ValuesThatAreTreatedUnlike_ReportsRangeAndDeviation()
    {
        string[][] neutral = [Items("a b"), Items("c d")];

        // One user's slate changes wholly with x, nobody's with y.
        var outcome = SensitivityOutcome.Of(neutral, new Dictionary<string, string[][]>(StringComparer.Ordinal) { ["x"] = [Items("a b"), Items("e f")], ["y"] = neutral });

        var figures = outcome.Figures().ToDictionary(figure => figure.Name, figure => figure.Value, StringComparer.Ordinal);
        Assert.Equal((0.5, 1.0), (figures["jaccard: x"], figures["jaccard: y"]));
        Assert.Equal((0.75, 0.5, 0.25), (figures["similarityJaccard"], figures["snsrJaccard"], figures["snsvJaccard"]));
        Assert.Equal((0.75, 0.5, 0.25), (figures["similarityPairwise"], figures["snsrPairwise"], figures["snsvPairwise"]));
    }

    [Fact]
    public void Message_WithoutAValue_LeavesItOut()
    {
        var terms = new SensitivityTerms("sex", ["woman", "man"]) { Says = "Something for a {value} of taste" };

        Assert.Equal("Something for a woman of taste", terms.Message("woman"));
        Assert.Equal("Something for a of taste", terms.Message(null));
        Assert.Null((terms with { Says = null }).Message("woman"));
    }

    [Theory]
    [InlineData(ReadyAudits.Sensitivity)]
    [InlineData(ReadyAudits.Groups)]
    [InlineData(ReadyAudits.Manipulation)]
    public void Read_AReadyAudit_IsTheExampleOfItsName(string name) => Assert.Equal(name, ReadyAudits.Read(name).Name);

    private static string[] Items(string items) => items.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
