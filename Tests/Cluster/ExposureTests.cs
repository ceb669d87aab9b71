using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Negotiation.ItemAgency;

namespace AgentRec.Tests.Cluster;

/// <summary>Exposure counts across a silo: counted once, kept by shards, read by bids at the version that the certificate names.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class ExposureTests(SiloFixture silo)
{
    [Fact]
    public async Task Shard_ThatGetsADeltaAgain_CountsItOnce_ByItselfAndAfterItRestarted()
    {
        var delta = Shown("writer of repeats", 1, "repeated", 3);
        var shard = silo.Shard("repeated");

        await shard.Merge(delta);
        await shard.Merge(delta);
        Assert.Equal(new ExposureCounts(3, 0, 0), await shard.Count("repeated"));
        await silo.RestartAsync();
        shard = silo.Shard("repeated");
        await shard.Merge(delta);
        Assert.Equal(new ExposureCounts(3, 0, 0), await shard.Count("repeated"));
        await shard.Merge(Shown("writer of repeats", 2, "repeated", 2));

        Assert.Equal(new ExposureCounts(5, 0, 0), await shard.Count("repeated"));
    }

    [Fact]
    public async Task Shard_ReadAfterAnActivation_TellsWhatChangedOnly()
    {
        var shard = silo.Shard("read a");
        await shard.Merge(Shown("reader", 1, "read a", 1));
        var whole = await shard.Read("", 0);
        Assert.True(whole.IsWhole);
        Assert.Contains(new SegmentExposure("read a", 5, new ExposureCounts(1, 0, 0)), whole.Entries);

        await shard.Merge(Shown("reader", 2, "read b", 1));
        var changed = await shard.Read(whole.Activation, whole.Version);

        Assert.False(changed.IsWhole);
        Assert.Equal(new SegmentExposure("read b", 5, new ExposureCounts(1, 0, 0)), Assert.Single(changed.Entries));
        Assert.Equal(whole.Version + 1, changed.Version);
        Assert.True((await shard.Read("another activation", changed.Version)).IsWhole);
    }

    [Fact]
    public async Task Silo_ThatGetsNoAnswerFromAShard_SendsTheSameDeltaAgain_AndCountsOnce()
    {
        var item = silo.Catalogue.Items[1_990].ItemId;
        await silo.Exposures.RefreshAsync(default);
        silo.Exposures.Count(item, 4, ExposureCounts.Shown);
        // The shard merges, and its answer is lost on the way.
        using (silo.Gate.After<IExposureShardGrain>(nameof(IExposureShardGrain.Merge), () => throw new TimeoutException("lost for a test")))
            await Assert.ThrowsAsync<TimeoutException>(() => silo.Exposures.RefreshAsync(default));
        silo.Exposures.Count(item, 4, ExposureCounts.Shown);

        await silo.Exposures.RefreshAsync(default);

        Assert.Equal(new ExposureCounts(2, 0, 0), silo.Exposures.Current.Of(item).In(4));
        Assert.Equal(new ExposureCounts(2, 0, 0), await silo.Shard(item).Count(item));
    }

    [Fact]
    public async Task Bid_GoesByTheVersionAskedFor_TheLastOrTheOneBefore_AndIsNothingOtherwise()
    {
        var item = silo.Catalogue.Items[1_991].ItemId;
        await silo.Exposures.RefreshAsync(default);
        var first = silo.Exposures.Current.Version;
        var before = await BidAsync(first);
        Assert.True(before.Amount > 0);

        await ShowAsync(50);
        var second = silo.Exposures.Current.Version;
        Assert.Equal((first + 1, before), (second, await BidAsync(first)));
        var after = await BidAsync(second);
        Assert.Equal(0, after.Amount);
        Assert.Equal(ItemBidding.AsOften, after.Reason);
        await ShowAsync(1);

        Assert.Equal((0, "Does not have the ledger that bids go by."), ((await BidAsync(first)).Amount, (await BidAsync(first)).Reason));
        Assert.Equal(after, await BidAsync(second));

        async Task<Bid> BidAsync(long version) => await silo.Item(item).Bid(new BidInvitation(7, 3, 0.1, 0.005, version));

        async Task ShowAsync(long times)
        {
            silo.Exposures.Count(item, 3, new ExposureCounts(times, 0, 0));
            await silo.Exposures.RefreshAsync(default);
        }
    }

    [Fact]
    public async Task Certificate_NamesTheVersionThatBidsWentBy_ThoughTheLedgerMovesMeanwhile()
    {
        await silo.PublishLedgerAsync();
        var version = silo.Exposures.Current.Version;
        var asked = 0;
        TurnResult turn;
        var session = await silo.OpenAsync("moving ledger", "viewer-041");
        using (silo.Gate.Before<IItemAgent>(nameof(IItemAgent.Bid), async (_, before) =>
        {
            if (before != 0)
                return;
            asked++;
            silo.Exposures.Count(silo.Catalogue.Items[1_992].ItemId, 0, ExposureCounts.Shown);
            await silo.Exposures.RefreshAsync(default);
        }))
        {
            turn = await silo.TurnAsync(session);
        }

        Assert.Equal(1, asked);
        Assert.Equal(version + 1, silo.Exposures.Current.Version);
        Assert.Equal(version, (await silo.VerifiedAsync(turn)).GetProperty("ledgerVersion").GetInt64());
        Assert.Empty(turn.Degraded);
    }

    [Fact]
    public async Task Snapshot_AfterARestart_IsWhatTheShardsKept()
    {
        var item = silo.Catalogue.Items[1_993].ItemId;
        silo.Exposures.Count(item, 9, new ExposureCounts(6, 1, 0));
        silo.Exposures.Count(item, 10, ExposureCounts.Shown);

        // Stopping hands over what was counted since the last time.
        await silo.RestartAsync();

        var known = silo.Exposures.Current.Of(item);
        Assert.Equal((new ExposureCounts(6, 1, 0), new ExposureCounts(7, 1, 0)), (known.In(9), known.Overall));
        var standing = (await silo.Item(item).Describe())!;
        Assert.Equal((7, 1, 0), (standing.Exposures, standing.Receptions, standing.Rejections));
    }

    private static ExposureDelta Shown(string writer, long sequence, string item, int times) =>
        new(writer, sequence, [new SegmentExposure(item, 5, new ExposureCounts(times, 0, 0))]);
}
