using AgentRec.Recommenders.Blending;
using CsCheck;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class BlendTests
{
    [Fact]
    public void Apply_ToScores_GivesLogarithmsOfPlaces()
    {
        float[] scores = [0, 5, 0, -1];

        ScoreScale.Apply(scores, 4);

        // Places 2.5, 1, 2.5 and 4.
        var mean = ((2 * Math.Log(4 / 2.5)) + Math.Log(4)) / 4;
        Assert.Equal(Math.Log(4 / 2.5) - mean, scores[0], 1e-5);
        Assert.Equal(Math.Log(4) - mean, scores[1], 1e-5);
        Assert.Equal(scores[0], scores[2]);
        Assert.Equal(-mean, scores[3], 1e-5);
    }

    [Fact]
    public void Apply_ToEqualScores_SaysNothing()
    {
        float[] scores = [3, 3, 3, 3, 3];
        ScoreScale.Apply(scores, 4);
        Assert.All(scores, score => Assert.Equal(0f, score, 1e-6f));
    }

    [Fact]
    public void Apply_WithItemsThatCameLater_LeavesTheOthersAsTheyWere() =>
        Gen.Float[-100, 100].Array[2, 60].Sample(all =>
        {
            var trained = all.Length / 2;
            var (alone, together) = (all[..trained], all.ToArray());
            ScoreScale.Apply(alone, trained);
            ScoreScale.Apply(together, trained);
            return alone.AsSpan().SequenceEqual(together.AsSpan(0, trained));
        });

    [Fact]
    public void Apply_ToAnyScores_KeepsTheirOrder() =>
        Gen.Float[-100, 100].Array[1, 60].Sample(scores =>
        {
            var scaled = scores.ToArray();
            ScoreScale.Apply(scaled, scaled.Length);
            return Enumerable.Range(0, scores.Length).All(i => Enumerable.Range(0, scores.Length).All(j =>
                scores[i].CompareTo(scores[j]) == scaled[i].CompareTo(scaled[j]) && Math.Abs(scaled[i]) <= ScoreScale.Reach(scores.Length)));
        });

    [Fact]
    public void Relevance_OfNeighboursOnTheGrid_IncreasesStrictly()
    {
        const double reach = 20;
        var calibration = CalibrationLearner.Learn([new CalibrationExample([1, 2, 3, 4, 5], [false, false, false, true, true])], reach);
        Gen.Double[-reach, reach].Sample(raw =>
        {
            var low = MathF.Round((float)raw * (1 << 20)) / (1 << 20);
            var high = MathF.Max(MathF.BitIncrement(low), low + (1f / (1 << 20)));
            return calibration.Relevance(low) < calibration.Relevance(high) && calibration.Relevance(low) > 0 && calibration.Relevance(high) < 1;
        });
    }

    [Fact]
    public void Learn_OfCalibration_RecoversTheCurve()
    {
        var random = new Random(3);
        var raw = Enumerable.Range(0, 40_000).Select(_ => (float)((random.NextDouble() * 8) - 2)).ToArray();
        var taken = raw.Select(x => random.NextDouble() < 1 / (1 + Math.Exp(-((0.9 * x) - 3)))).ToArray();

        var calibration = CalibrationLearner.Learn([new CalibrationExample(raw, taken)], reach: 10);
        var table = CalibrationLearner.Check([new CalibrationExample(raw, taken)], calibration);

        Assert.Equal(0.9, calibration.Slope, 0.05);
        Assert.Equal(-3, calibration.Offset, 0.1);
        Assert.Equal(40_000, table.Bins.Sum(bin => bin.Count));
        Assert.All(table.Bins, bin => Assert.Equal(bin.Observed, bin.Predicted, 0.03));
    }

    [Fact]
    public void Learn_OfCalibrationWithoutEvidence_IsStillIncreasing()
    {
        var nothing = CalibrationLearner.Learn([], 10);
        var everything = CalibrationLearner.Learn([new CalibrationExample([1, 2], [true, true])], 10);

        Assert.True(nothing.Slope > 0);
        Assert.True(everything.Relevance(1) < everything.Relevance(2));
    }

    [Fact]
    public void Learn_OfWeights_FindsTheTellingScorer()
    {
        var random = new Random(7);
        var examples = Enumerable.Range(0, 200).Select(_ =>
        {
            const int n = 20;
            var features = Enumerable.Range(0, 2 * n).Select(_ => (float)random.NextDouble()).ToArray();
            // The first feature decides by softmax with weight 6, the second is noise.
            var odds = features[..n].Select(x => Math.Exp(6 * x)).ToArray();
            var at = random.NextDouble() * odds.Sum();
            var target = 0;
            while ((at -= odds[target]) > 0)
                target++;
            return new BlendExample(features, n, [target]);
        }).ToArray();

        var weights = BlendLearner.Learn(examples, 2, 1e-3, OneWorker);
        var parallel = BlendLearner.Learn(examples, 2, 1e-3, new ParallelOptions { MaxDegreeOfParallelism = 4 });

        Assert.Equal(6, weights[0], 1.5);
        Assert.Equal(0, weights[1], 1.0);
        Assert.Equal(weights, parallel);
    }
}
