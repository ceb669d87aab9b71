using AgentRec.Recommenders.Evaluation;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class ColdStartTests
{
    private const int Users = 40;
    private const int Items = 40;
    private static readonly EvaluationSplit Split = EvaluationSplit.Cut(
        EvaluationSplit.UserTemporal, Films(Items),
        Enumerable.Range(0, Users).SelectMany(user => Enumerable.Range(0, 12).Select(step => Rated($"u{user}", $"f{(user + (step * 3)) % Items}", 5, step))), 0);

    [Fact]
    public void Users_OfASplit_AreInNoTrainingAndHardlyKnown()
    {
        var cold = ColdStart.Users(Split, 0);

        Assert.InRange(cold.Test.Length, 7, 20);
        Assert.Equal(Users - cold.Test.Length, cold.Data.Users.Length);
        Assert.Equal(Users - cold.Test.Length, cold.HoldOut.Train.Users.Length);
        Assert.Equal(Users - cold.Test.Length, cold.Skipped);
        Assert.Equal([1, 2, 3], cold.Test.Select(user => user.History.Count).Distinct().Order());
        Assert.All(cold.Test, user =>
        {
            var whole = Split.Test.Single(other => other.UserId == user.UserId);
            Assert.Equal(whole.Targets.ToArray(), user.Targets.ToArray());
            Assert.Equal(whole.History.Items[^user.History.Count..].ToArray(), user.History.Items.ToArray());
            Assert.DoesNotContain(cold.Data.Users, other => other.Items.SequenceEqual(whole.History.Items));
        });
    }

    [Fact]
    public void Items_OfASplit_AreInNoHistoryAndAllThatIsLookedFor()
    {
        var cold = ColdStart.Items(Split, 0);
        var targets = cold.Test.SelectMany(user => user.Targets).ToHashSet();

        Assert.NotEmpty(targets);
        Assert.All(targets, item => Assert.Equal(0, cold.Data.PositiveCounts[item]));
        Assert.All(cold.Test, user => Assert.DoesNotContain(user.History.Items, targets.Contains));
        Assert.DoesNotContain(cold.HoldOut.Users.SelectMany(user => user.Targets), targets.Contains);
        Assert.InRange(Enumerable.Range(0, Items).Count(item => cold.Data.PositiveCounts[item] == 0 && Split.Data.PositiveCounts[item] > 0), 1, 12);
    }
}
