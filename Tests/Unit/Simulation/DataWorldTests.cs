using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class DataWorldTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Make_DataWithATaste_LearnsItAndKeepsThePast()
    {
        Write(users: 40, items: 30);

        var world = Make();

        Assert.Equal((40, 30), (world.Users.Length, world.Items.Length));
        Assert.Equal(40 * 12, world.Past.Sum(past => past.Length));
        Assert.All(world.Past.SelectMany(past => past), past => Assert.True(past.At < World.Start));
        // Half of the users like the first half of the items, the others the rest.
        Assert.All(Enumerable.Range(0, 40), user =>
            Assert.True(Mean(world, user, liked: true) > Mean(world, user, liked: false) + 1, $"user {user}: {Mean(world, user, liked: true)} against {Mean(world, user, liked: false)}"));
        Assert.InRange(world.Unexplained, 0, 0.8);
    }

    [Fact]
    public void Make_SomeOfTheUsers_AreTheSameAgain()
    {
        Write(users: 40, items: 30);

        var some = Worlds.Make(Of(10), new Chance(4));

        Assert.Equal(10, some.Users.Length);
        Assert.Equal(some.Users.AsEnumerable(), Worlds.Make(Of(10), new Chance(4)).Users);
        Assert.NotEqual(some.Users.AsEnumerable(), Worlds.Make(Of(10), new Chance(5)).Users);
    }

    [Fact]
    public void Make_OneUser_IsRefused()
    {
        Write(users: 1, items: 30);

        Assert.Contains("at least 2", Assert.Throws<SimulationException>(Make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_RelativeToTheLatest_UsesTheWholeScaleWhateverIsFelt()
    {
        double[] scale = [1, 2, 3, 4, 5];
        var expects = new AdaptationLevel();

        // With nothing to compare with, any of the user's ratings.
        Assert.Equal((1, 3, 5), (expects.Rate(9, scale, 0), expects.Rate(9, scale, 0.5), expects.Rate(9, scale, 0.999)));
        for (var i = 0; i < 100; i++)
            expects.Add(i);
        Assert.Equal(AdaptationLevel.Memory, expects.Latest.Count);
        // What surpassed everything is the middle by now.
        Assert.Equal((1, 3, 5), (expects.Rate(59, scale, 0.5), expects.Rate(79.5, scale, 0.5), expects.Rate(100, scale, 0.5)));
    }

    private static double Mean(World world, int user, bool liked) =>
        Enumerable.Range(0, 30).Where(item => (int.Parse(world.Users[user][1..]) % 2 == item % 2) == liked).Average(item => world.Appeal(user, world.Tastes[user], item));

    private World Make() => Worlds.Make(Of(null), new Chance(4));

    private Scenario Of(int? users) => new() { Name = "data", Arms = [new ArmTerms("only")], World = new DataTerms(_folder.Path, users) };

    private void Write(int users, int items)
    {
        _folder.Write("items.csv", "itemId,title,genre\n" + string.Concat(Enumerable.Range(0, items).Select(item => $"i{item},Title {item},{(item % 2 == 0 ? "even" : "odd")}\n")));
        _folder.Write("interactions.csv", "userId,itemId,type,value,timestamp\n" + string.Concat(Enumerable.Range(0, users).SelectMany(user =>
            Enumerable.Range(0, 12).Select(i => (i * 7 + user * 3) % items).Distinct().Select((item, i) => $"u{user},i{item},rate,{(user % 2 == item % 2 ? 5 : 1)},{1_600_000_000 + (i * 60)}\n"))));
    }
}
