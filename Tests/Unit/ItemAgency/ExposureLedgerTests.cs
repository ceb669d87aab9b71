using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using CsCheck;

namespace AgentRec.Tests.Unit.ItemAgency;

public sealed class ExposureLedgerTests
{
    private enum Step
    {
        Count,
        Deliver,
        DeliverAndLoseTheAnswer,
        LoseOnTheWay,
        RepeatAnOldOne,
    }

    [Fact]
    public void Merge_DeltaTwice_CountsOnce()
    {
        var delta = new ExposureDelta("a", 1, [new SegmentExposure("x", 3, ExposureCounts.Shown), new SegmentExposure("x", 3, ExposureCounts.Received)]);

        var once = ExposureLedger.Empty.Merge(delta);

        Assert.Same(once, once.Merge(delta));
        Assert.Equal(1, once.Snapshot.Version);
        Assert.Equal(new ExposureCounts(1, 1, 0), once.Snapshot.Of("x").In(3));
        Assert.Equal(default, once.Snapshot.Of("x").In(4));
        Assert.Equal(new ExposureCounts(1, 1, 0), once.Snapshot.Totals);
    }

    [Fact]
    public void Merge_DeltaThatALaterOneHasOvertaken_IsLostRatherThanCountedTwice()
    {
        var ledger = ExposureLedger.Empty.Merge(Shown("a", 2, "x"));

        Assert.Same(ledger, ledger.Merge(Shown("a", 1, "y")));
    }

    [Fact]
    public void Merge_DeltasOfSeveralWriters_InAnyOrder_GiveTheSameCounts() =>
        Gen.Shuffle(new[] { Shown("a", 1, "x"), Shown("b", 7, "x"), Shown("c", 1, "y"), Shown("d", 2, "x") }).Sample(order =>
        {
            var merged = order.Aggregate(ExposureLedger.Empty, (ledger, delta) => ledger.Merge(delta)).Snapshot;
            Assert.Equal((3, 1, 4, 4), (merged.Of("x").Overall.Exposures, merged.Of("y").Overall.Exposures, merged.Totals.Exposures, merged.Version));
        });

    [Fact]
    public void Merge_OfMoreWritersThanAreRemembered_ForgetsTheOneHeardOfLongestAgo()
    {
        var ledger = Enumerable.Range(0, ExposureLedger.GreatestWriters).Aggregate(ExposureLedger.Empty, (merged, writer) => merged.Merge(Shown($"w{writer}", 1, "x")));
        var heardAgain = ledger.Merge(Shown("w0", 2, "x")).Merge(Shown("newcomer", 1, "x"));

        Assert.Equal(ExposureLedger.GreatestWriters, heardAgain.Writers.Count);
        Assert.DoesNotContain(heardAgain.Writers, mark => mark.Writer == "w1");
        Assert.Same(heardAgain, heardAgain.Merge(Shown("w0", 2, "x")));
    }

    [Fact]
    public void Merge_AnyInterleavingRepetitionAndLoss_NeverCountsTwice_AndKeepsWhatWasDelivered() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1_000]).List[0, 200].Sample(steps =>
        {
            var outboxes = new[] { new ExposureOutbox("a"), new ExposureOutbox("b"), new ExposureOutbox("c") };
            var counted = new ExposureCounts[4];
            var sent = new List<ExposureDelta>();
            var ledger = ExposureLedger.Empty;
            foreach (var (step, writer, item, choice) in steps)
            {
                switch (step)
                {
                    case Step.Count:
                        var counts = new ExposureCounts(1 + (choice % 3), choice % 2, 0);
                        outboxes[writer].Count($"item {item}", choice % 64, counts);
                        counted[item] += counts;
                        break;
                    case Step.RepeatAnOldOne:
                        if (sent.Count > 0)
                            ledger = ledger.Merge(sent[choice % sent.Count]);
                        break;
                    default:
                        if (outboxes[writer].Next() is { } delta)
                            Send(delta, step, outboxes[writer]);
                        break;
                }
                for (var i = 0; i < counted.Length; i++)
                    Assert.True(ledger.Snapshot.Of($"item {i}").Overall.Exposures <= counted[i].Exposures, $"item {i} was counted twice");
            }
            foreach (var outbox in outboxes)
            {
                // What is left: at most one delta that waits for its answer, and what was counted after it.
                while (outbox.Next() is { } delta)
                    Send(delta, Step.Deliver, outbox);
            }

            for (var i = 0; i < counted.Length; i++)
                Assert.Equal(counted[i], ledger.Snapshot.Of($"item {i}").Overall);
            Assert.Equal(counted.Aggregate((all, one) => all + one), ledger.Snapshot.Totals);

            void Send(ExposureDelta delta, Step step, ExposureOutbox outbox)
            {
                sent.Add(delta);
                if (step is Step.LoseOnTheWay)
                    return;
                ledger = ledger.Merge(delta);
                if (step is Step.Deliver)
                    outbox.Acknowledge(delta);
            }
        });

    [Fact]
    public void Count_FromManyThreads_LosesNothing()
    {
        var outbox = new ExposureOutbox("a");
        var ledger = ExposureLedger.Empty;
        Parallel.For(0, 20_000, i =>
        {
            outbox.Count($"item {i % 7}", i % 5, ExposureCounts.Shown);
            if (i % 1000 != 0)
                return;
            lock (outbox)
            {
                if (outbox.Next() is { } delta)
                {
                    ledger = ledger.Merge(delta);
                    outbox.Acknowledge(delta);
                }
            }
        });

        Assert.Equal(20_000, (outbox.Next() is { } rest ? ledger.Merge(rest) : ledger).Snapshot.Totals.Exposures);
    }

    [Fact]
    public void Evidence_OfAnItem_TellsSegmentOverallAndCatalogue()
    {
        var snapshot = ExposureSnapshot.Empty.Add(
            [new SegmentExposure("x", 3, new ExposureCounts(8, 2, 0)), new SegmentExposure("x", 4, new ExposureCounts(2, 1, 0)), new SegmentExposure("y", 3, new ExposureCounts(30, 0, 1))], 5);

        Assert.Equal(
            new ItemEvidence(10, 3, 2.5, 10, 4 / 50.0) { SegmentExposures = 8, SegmentReceived = 2 }, snapshot.Evidence("x", 3, 2.5, 4));
        Assert.Equal(new ItemEvidence(0, 0, 0, 10, 4 / 50.0), snapshot.Evidence("never shown", 3, 0, 4));
        Assert.Equal(0, ExposureSnapshot.Empty.Evidence("x", 0, 0, 0).MeanExposures);
    }

    private static ExposureDelta Shown(string writer, long sequence, string item) => new(writer, sequence, [new SegmentExposure(item, 0, ExposureCounts.Shown)]);
}
