using System.Collections.Immutable;
using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class PluggedBrainTests
{
    private static readonly Scenario Terms = new() { Name = "plugged", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 10, Items = 40, Genres = 4, RatingsPerUser = 8 } };
    private static readonly Chance Luck = new(6);
    private static readonly World There = Worlds.Make(Terms, Luck);
    private static readonly int[] Slate = [1, 2, 3];

    public static TheoryData<string, Choice[]> Unusable => new()
    {
        { "nothing", [] },
        { "too few", [new Choice(true, null), new Choice(true, null)] },
        { "too many", [default, default, default, default] },
        { "a rating that is none", [new Choice(true, 6), default, default] },
        { "a rating that is no number", [new Choice(true, double.NaN), default, default] },
        { "taken without looking", [new Choice(false, 4), default, default] },
        { "what is known", [default, default, new Choice(true, 4)] },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task ReadAsync_AnAnswerThatCannotBe_IsReadByTheRules(string what, Choice[] choices)
    {
        var rules = new RuleBrain(There, Luck);

        var (readings, stoodIn) = await new PluggedBrain(new Fixed(choices), rules, Terms, There).ReadAsync(Someone(), Slate, 1, CancellationToken.None);

        Assert.True(stoodIn, what);
        Assert.Equal(rules.Read(Someone(), Slate, 1), readings);
    }

    [Fact]
    public async Task ReadAsync_AnAnswerThatCanBe_IsTakenInHalvesWithTheTrueUtility()
    {
        var rules = new RuleBrain(There, Luck);
        var plug = new Fixed([new Choice(true, 4.3), new Choice(true, null), default]);

        var (readings, stoodIn) = await new PluggedBrain(plug, rules, Terms, There).ReadAsync(Someone(), Slate, 1, CancellationToken.None);

        Assert.False(stoodIn);
        Assert.Equal([4.5, null, null], readings.Select(reading => reading.Rating));
        Assert.Equal([true, true, false], readings.Select(reading => reading.LookedAt));
        Assert.Equal(Slate.Select(item => rules.Chance(Someone(), item)), readings.Select(reading => reading.Utility));
        // Told what is on the page and what was liked before, and whether it is known.
        Assert.Equal([false, false, true], plug.Slate.Select(item => item.IsKnown));
        Assert.Equal(There.Items[1], plug.Slate[0].Item);
        Assert.All(plug.Reader!.Liked, title => Assert.Contains(title, There.Past[0].Where(past => past.Rating >= 4).Select(past => There.Items[past.Item].Title)));
    }

    [Fact]
    public async Task ReadAsync_ARunThatIsStopped_Stops()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var brain = new PluggedBrain(new Stopped(), new RuleBrain(There, Luck), Terms, There);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => brain.ReadAsync(Someone(), Slate, 1, stop.Token).AsTask());
    }

    private static Person Someone() => new(
        0, Traits.Of(Terms, There, Luck)[0], new PersonState { Taste = There.Tastes[0], Known = [3] },
        new Moment(1, 40, new double[40], new Dictionary<string, double>(StringComparer.Ordinal)), There, Luck);

    private sealed class Fixed(Choice[] choices) : IUserBrain
    {
        public Reader? Reader { get; private set; }

        public ImmutableArray<SeenItem> Slate { get; private set; }

        public ValueTask<ImmutableArray<Choice>> ReadAsync(Reader reader, ImmutableArray<SeenItem> slate, CancellationToken cancellationToken)
        {
            (Reader, Slate) = (reader, slate);
            return ValueTask.FromResult(ImmutableArray.Create(choices));
        }
    }

    private sealed class Stopped : IUserBrain
    {
        public ValueTask<ImmutableArray<Choice>> ReadAsync(Reader reader, ImmutableArray<SeenItem> slate, CancellationToken cancellationToken) =>
            throw new OperationCanceledException(cancellationToken);
    }
}
