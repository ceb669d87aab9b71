using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class ActivityFitTests : IDisposable
{
    private const int Periods = 30;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_PeopleFromData_ComeAsOftenAsTheyHadSessions()
    {
        var (world, traits) = Make();

        foreach (var (user, past) in world.Past.Index())
        {
            var person = new PersonState { Taste = world.Tastes[user], Known = [] };
            var visits = Enumerable.Range(1, Periods).Count(period => new Person(user, traits[user], person, Moment(period), world, Luck).ComesBy());
            Assert.Equal(ActivityFit.Sessions(past).Count(), visits);
        }
    }

    [Fact]
    public void Of_WhoRatedTwiceAsMuch_TakesMoreThanTwiceTheTurns()
    {
        var (world, traits) = Make();
        var turns = traits.Select(one => one.Activity * Periods * one.VisitTurns!.Value).ToArray();

        // The best known are seen first, so that more of the same takes longer.
        var (few, many) = (Mean(20), Mean(40));
        Assert.InRange(many / few, 2, 4);

        double Mean(int ratings) => turns.Where((_, user) => world.Past[user].Length == ratings).Average();
    }

    [Fact]
    public void Of_WhoTakesToLess_StaysLongerForAsManyRatings()
    {
        var (world, traits) = Make();
        var fit = new ActivityFit(Scenario(), world, Luck);

        var (_, doubting) = fit.Of(0, traits[0] with { Trust = 0 }, Luck);
        var (_, trusting) = fit.Of(0, traits[0] with { Trust = 1 }, Luck);

        Assert.True(doubting > 1.2 * trusting, $"{doubting} and {trusting} turns a visit");
    }

    [Fact]
    public void Of_AShorterRun_AsksForFewerRatings()
    {
        var (world, traits) = Make();

        var (activity, turns) = new ActivityFit(Scenario() with { Periods = 3 }, world, Luck).Of(0, traits[0], Luck);

        Assert.True(activity * 3 * turns < traits[0].Activity * Periods * traits[0].VisitTurns!.Value / 2);
        Assert.InRange(activity, 0, 1);
        Assert.True(turns >= 1);
    }

    private static readonly Chance Luck = new(4);

    private static Moment Moment(int period) => new(period, 400, new double[400], new Dictionary<string, double>(StringComparer.Ordinal));

    private Scenario Scenario() => new() { Name = "data", Periods = Periods, Arms = [new ArmTerms("only")], World = new DataTerms(_folder.Path) };

    private (World World, Traits[] Traits) Make()
    {
        // Forty users: half with 20 ratings, half with 40, on one to three days.
        _folder.Write("items.csv", "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, 400).Select(item => $"i{item},Title {item},{(item % 2 == 0 ? "even" : "odd")}\n")));
        _folder.Write("interactions.csv", "userId,itemId,type,value,timestamp\n" + string.Concat(Enumerable.Range(0, 40).SelectMany(user =>
            Enumerable.Range(0, 20 + (20 * (user % 2))).Select(i =>
                $"u{user},i{((i * 7) + (user * 3)) % 400},rate,{3 + ((i + user) % 5 * 0.5)},{1_600_000_000 + (i * 60) + (i % (1 + (user % 3)) * 86_400)}\n"))));
        var world = Worlds.Make(Scenario(), Luck);
        return (world, Traits.Of(Scenario(), world, Luck));
    }
}
