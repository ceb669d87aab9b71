using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Vectors;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Training;
using AgentRec.Tests.Unit.Recommenders;

namespace AgentRec.Tests.Unit.Grains;

/// <summary>Models and items that change at once: neither is lost, and what was begun goes on.</summary>
public sealed class ServingHostTests : IDisposable
{
    private static readonly Catalogue Films = SmallData.Films(30);

    private static readonly Lazy<(RecommenderModel One, RecommenderModel Other)> Trained = new(() => (Train(1), Train(2)));

    private readonly EmbeddedVectorIndex _vectors = new();
    private readonly ScoringService _scores = new(ranking: null, capacity: 2);
    private readonly ServingHost _host;

    public ServingHostTests()
    {
        _host = new ServingHost("default", _vectors, _scores);
        _host.Open(Films);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Swap_OfAModelLoadedBeforeItemsWerePut_KeepsTheItems_AndItsOwnStrata()
    {
        var (one, other) = Trained.Value;
        await _host.SwapAsync(one, "one");
        await _host.ExtendAsync([Item("late"), _host.Current.Catalogue.Item(0) with { Title = "Another title" }]);

        await _host.SwapAsync(other, "other");

        var state = _host.Current;
        Assert.Equal("other", state.Version);
        Assert.Same(state.Catalogue, state.Required.Catalogue);
        Assert.True(state.Catalogue.TryHandle("late", out var late));
        Assert.Equal(one.Catalogue.Count, late);
        Assert.Equal("Another title", state.Catalogue.Item(0).Title);
        Assert.Equal([.. other.Catalogue.PositiveCounts, 0], state.Catalogue.PositiveCounts.AsEnumerable());
        Assert.NotEqual(one.Catalogue.PositiveCounts.AsEnumerable(), other.Catalogue.PositiveCounts.AsEnumerable());
        Assert.Equal(state.Catalogue.Count, await _vectors.CountAsync(state.Collection, VectorFilter.None, default));
    }

    [Fact]
    public async Task SwapsAndItems_AtOnce_LoseNothing()
    {
        const int changes = 40;
        var (one, other) = Trained.Value;
        await _host.SwapAsync(one, "one");

        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < changes; i++)
                    await _host.ExtendAsync([Item($"late {i}")]);
            }),
            Task.Run(async () =>
            {
                for (var i = 0; i < changes; i++)
                    await (i % 2 == 0 ? _host.SwapAsync(other, "other") : _host.SwapAsync(one, "one"));
            }));

        var state = _host.Current;
        Assert.Equal("one", state.Version);
        Assert.Equal(one.Catalogue.Count + changes, state.Catalogue.Count);
        for (var i = 0; i < changes; i++)
        {
            Assert.True(state.Catalogue.TryHandle($"late {i}", out var handle));
            Assert.Equal(one.Catalogue.Count + i, handle);
        }
        Assert.Equal(state.Catalogue.Count, state.Required.Score(UserHistory.Empty).Count);
    }

    [Fact]
    public async Task Items_PutBeforeThereIsAModel_AreThere()
    {
        await _host.ExtendAsync([Item("early")]);
        Assert.False(_host.Current.IsReady);

        await _host.SwapAsync(Trained.Value.One, "one");

        Assert.True(_host.Current.Catalogue.TryHandle("early", out var handle));
        Assert.Equal(Trained.Value.One.Catalogue.Count, handle);
    }

    [Fact]
    public async Task Of_AFormerModel_IsItForAsLongAsItIsHeld_AndTheCurrentOneAfterwards()
    {
        await _host.SwapAsync(Trained.Value.One, "one");
        var held = _host.Current;
        await _host.SwapAsync(Trained.Value.Other, "other");
        await _host.ExtendAsync([Item("late")]);

        Assert.Same(held, _host.Of("one"));
        Assert.Same(_host.Current, _host.Of("other"));
        Assert.Same(_host.Current, _host.Of("unheard of"));
        GC.KeepAlive(held);
    }

    [Fact]
    public async Task Swap_OfOneTenant_LeavesVectorsAndScoresOfTheOthers_WhichShareOneBound()
    {
        using var other = new ServingHost("other", _vectors, _scores);
        other.Open(Films);
        await _host.SwapAsync(Trained.Value.One, "one");
        await other.SwapAsync(Trained.Value.One, "one");
        var (ours, theirs) = (GrainKey.User("default", "u"), GrainKey.User("other", "u"));
        await ScoreAsync(ours, _host);
        var kept = await ScoreAsync(theirs, other);

        await _host.SwapAsync(Trained.Value.Other, "other");

        Assert.Empty(_scores.Users("default"));
        Assert.Equal([theirs], _scores.Users("other"));
        Assert.Same(kept, await ScoreAsync(theirs, other));
        Assert.Equal(Films.Count, await _vectors.CountAsync(other.Current.Collection, VectorFilter.None, default));
        Assert.Equal(Films.Count, await _vectors.CountAsync(_host.Current.Collection, VectorFilter.None, default));
        // Two are kept in all: the one of the other tenant is the one that was used longest ago.
        await ScoreAsync(ours, _host);
        await ScoreAsync(GrainKey.User("default", "v"), _host);
        Assert.Empty(_scores.Users("other"));
        Assert.Equal(2, _scores.Users("default").Count);

        ValueTask<RankedScores> ScoreAsync(string user, ServingHost host) => _scores.ScoreAsync(user, new HistoryMark(0, 1), host.Current, () => new ScoringSubject(UserHistory.Empty, []));
    }

    private static Item Item(string id) => new(id, $"Film {id}", null, AgentRec.Domain.Item.NoFacets.Add("genre", ["Drama"]), null);

    private static RecommenderModel Train(int seed) => ModelTrainer.Train(
        Films, SmallData.Walks(Films.Count, users: 20, length: 8, seed), new TrainingOptions { Threads = 1, Scorers = ["content", "popularity"], Ranking = false }).Model;
}
