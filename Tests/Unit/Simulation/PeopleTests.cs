using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class PeopleTests
{
    private static readonly Scenario Terms = new()
    {
        Name = "people", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 60, Items = 80, Genres = 6, RatingsPerUser = 10 },
        Events = [new ArrivalsEvent(4, 3), new ArrivalsEvent(2, 2, Quality: 1)],
    };

    private static readonly Chance Luck = new(77);
    private static readonly World There = Worlds.Make(Terms, Luck);

    [Fact]
    public void World_SameSeed_IsTheSame_AndAnotherSeedAnother()
    {
        var again = Worlds.Make(Terms, Luck);
        var other = Worlds.Make(Terms, new Chance(78));

        Assert.Equal(There.Items.AsEnumerable(), again.Items);
        Assert.Equal(There.Past.SelectMany(past => past), again.Past.SelectMany(past => past));
        Assert.NotEqual(There.Past.SelectMany(past => past), other.Past.SelectMany(past => past));
    }

    [Fact]
    public void World_Arrivals_ComeInTheOrderOfTheirPeriods()
    {
        Assert.Equal((80, 80, 82, 82, 85), (There.Present(0), There.Present(1), There.Present(2), There.Present(3), There.Present(4)));
        Assert.All(There.Past.SelectMany(past => past), past => Assert.True(past.Item < 80 && past.At < World.Start));
    }

    [Fact]
    public void Read_WhatIsKnown_IsNeverTaken()
    {
        var person = Someone(0);
        person.State.Known.UnionWith(Enumerable.Range(0, 85));

        var readings = new RuleBrain(There, Luck).Read(person, [.. Enumerable.Range(0, 50)], 1);

        Assert.All(readings, reading => Assert.True(reading.Rating is null && reading.Utility == 0));
    }

    [Fact]
    public void Read_FurtherDown_IsLookedAtLessOften()
    {
        var brain = new RuleBrain(There, Luck);
        var looks = new int[10];
        for (var user = 0; user < 60; user++)
        {
            for (var turn = 1; turn <= 20; turn++)
            {
                foreach (var (place, reading) in brain.Read(Someone(user), [.. Enumerable.Range(turn, 10)], turn).Index())
                    looks[place] += reading.LookedAt ? 1 : 0;
            }
        }

        // 1,200 readers: 1 / log2(p + 1) of them look at place p, give or take four standard deviations.
        Assert.Equal(1200, looks[0]);
        Assert.All(looks.Index().Skip(1), place =>
        {
            var expected = 1 / Math.Log2(place.Index + 2);
            Assert.InRange(place.Item / 1200.0, expected - (4 * Math.Sqrt(expected / 1200)), expected + (4 * Math.Sqrt(expected / 1200)));
        });
    }

    [Fact]
    public void Read_TheSameItemInAnotherPlaceOrSlate_MeetsTheSameLuck()
    {
        var brain = new RuleBrain(There, Luck);
        var first = brain.Read(Someone(3), [7, 8, 9], 1);
        var second = brain.Read(Someone(3), [7, 20, 21, 8, 9], 1);

        foreach (var reading in second.Where(reading => reading.Rating is not null && reading.Item < 20))
            Assert.Equal(reading.Rating, first.First(one => one.Item == reading.Item).Rating);
        Assert.Equal(first[0], second[0]);
    }

    [Fact]
    public void Live_Disappointments_MakeSomebodyStayAwayInTheEnd()
    {
        var left = 0;
        for (var user = 0; user < 60; user++)
        {
            var state = Someone(user).State;
            for (var period = 1; period <= 30 && state is { HasLeft: false, AwayUntil: 0 }; period++)
            {
                var person = Someone(user, state, period);
                person.Live([new Reading(1, LookedAt: true, Rating: null, Utility: 0)]);
                person.Leave();
            }
            left += state.HasLeft || state.AwayUntil > 0 ? 1 : 0;
        }

        Assert.True(left > 50, $"{left} of 60 stayed away after thirty disappointments");
    }

    [Fact]
    public void Live_DriftingTaste_TurnsTowardsWhatIsLikedAndKeepsItsStrength()
    {
        var person = Someone(5, traits: Someone(5).Traits with { Drift = 0.2 });
        var before = person.State.Taste;

        person.Live([new Reading(11, LookedAt: true, Rating: 5, Utility: 1)]);

        Assert.True(Cosine(person.State.Taste, There.Traits[11]) > Cosine(before, There.Traits[11]));
        Assert.Equal(before.Sum(x => x * x), person.State.Taste.Sum(x => x * x), 9);
    }

    [Fact]
    public void TrueWorth_TheBestSlate_HasNoRegret_AndAnEmptyOneAll()
    {
        var brain = new RuleBrain(There, Luck);
        var person = Someone(9);
        int[] best = [.. Enumerable.Range(0, 85).OrderByDescending(item => brain.Chance(person, item)).Take(10)];

        Assert.Equal((0, true, 1), Rounded(TrueWorth.Of(person, brain.Inclines(person), best, 10)));
        Assert.Equal((1, false, 0), Rounded(TrueWorth.Of(person, brain.Inclines(person), [], 10)));
        Assert.InRange(TrueWorth.Of(person, brain.Inclines(person), [.. best.Reverse()], 10).Regret, 0.0001, 0.9999);
    }

    private static (double, bool, double) Rounded((double Regret, bool Hit, double Ndcg) worth) => (Math.Round(worth.Regret, 12), worth.Hit, Math.Round(worth.Ndcg, 12));

    private static double Cosine(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b));

    private static Person Someone(int user, PersonState? state = null, int period = 1, Traits? traits = null) => new(
        user, traits ?? Traits.Of(Terms, There, Luck)[user], state ?? new PersonState { Taste = There.Tastes[user], Known = [] },
        new Moment(period, 85, new double[85], new Dictionary<string, double>(StringComparer.Ordinal)), There, Luck);
}
