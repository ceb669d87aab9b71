using AgentRec.Recommenders;

namespace AgentRec.Benchmarks.Tools;

/// <summary>Interactions whose items are as unevenly liked as in life: the item of rank r is drawn about in proportion to 1 / (r + 10).</summary>
internal static class SyntheticData
{
    /// <summary>Draws interactions.</summary>
    /// <param name="users">How many users; each has between half and one and a half times the mean.</param>
    /// <param name="items">How many items.</param>
    /// <param name="mean">How many items a user has on average.</param>
    public static TrainingData Draw(int users, int items, int mean)
    {
        var random = new Random(1);
        var reach = Math.Log((items + 10) / 10.0);
        return new TrainingData(items, Enumerable.Range(0, users).Select(_ =>
        {
            var wanted = random.Next(mean / 2, (mean * 3 / 2) + 1);
            var taken = new HashSet<int>(wanted);
            while (taken.Count < wanted)
                taken.Add(Math.Min(items - 1, (int)(10 * (Math.Exp(reach * random.NextDouble()) - 1))));
            return UserHistory.Create(taken.Order().Select((item, place) => (item, (long)place)));
        }));
    }
}
