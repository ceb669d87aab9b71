using System.Collections.Immutable;
using AgentRec.Grains.Offline;

namespace AgentRec.Tests.Unit.ClosedLoop;

public sealed class SimulatedUserTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(100);

    [Fact]
    public void Read_WhatIsLikedForCertain_IsConsumedAtTheTopAlways()
    {
        var wanted = TinyWorld.Split.Test[0].Targets[0];
        var user = User(0, item => item == wanted ? 1 : 0);

        Assert.Equal<int>([wanted], user.Read([wanted, .. Unknown(0).Take(9)], 1, Now));

        Assert.DoesNotContain(wanted, user.Wanted);
        Assert.Equal(wanted, user.History.Items[^1]);
        Assert.DoesNotContain(user.Sit(new OfflineTurn(TinyWorld.Model, TinyWorld.Rules, 0), 10, Now).Table.Window.Candidates, candidate => candidate.Handle == wanted);
    }

    [Fact]
    public void Read_TheSameSlate_InTheSamePeriod_EndsTheSame_WhateverElseHappened()
    {
        ImmutableArray<int> slate = [.. Unknown(3).Take(10)];

        Assert.Equal<int>(User(3, _ => 0.5).Read(slate, 4, Now), User(3, _ => 0.5).Read(slate, 4, Now));
        Assert.True(Enumerable.Range(1, 20).Select(period => string.Join(' ', User(3, _ => 0.5).Read(slate, period, Now))).Distinct().Count() > 10);
    }

    [Fact]
    public void Read_AnItemFurtherDown_IsConsumedLessOften()
    {
        int[] taken = new int[10];
        foreach (var period in Enumerable.Range(1, 2_000))
        {
            ImmutableArray<int> slate = [.. Unknown(2).Take(10)];
            foreach (var item in User(2, _ => 0.6).Read(slate, period, Now))
                taken[slate.IndexOf(item)]++;
        }

        // 0.6 at the top, 0.6 / log2(11) = 0.173 at the tenth place; three standard deviations are about 0.03.
        Assert.InRange(taken[0] / 2_000.0, 0.57, 0.63);
        Assert.InRange(taken[9] / 2_000.0, 0.148, 0.199);
    }

    private static SimulatedUser User(int user, Func<int, double> taste) => new(TinyWorld.Split.Test[user], taste, TinyWorld.Model.Catalogue, 0);

    private static IEnumerable<int> Unknown(int user) =>
        Enumerable.Range(0, TinyWorld.Model.Catalogue.Count).Except(TinyWorld.Split.Test[user].Excluded).Except(TinyWorld.Split.Test[user].Targets);
}
