using AgentRec.Recommenders.Blending;

namespace AgentRec.Recommenders.Training;

/// <summary>Training data without its tail, and the tail.</summary>
/// <param name="Train">What came before.</param>
/// <param name="Users">What came next, for each user with enough positives.</param>
public sealed record HoldOut(TrainingData Train, IReadOnlyList<HeldOutUser> Users)
{
    private const double Share = 0.1;

    /// <summary>Holds out the last tenth, at least one, of each user's positives.</summary>
    /// <param name="data">The data.</param>
    /// <param name="leastPositives">Users with fewer stay whole.</param>
    public static HoldOut Tail(TrainingData data, int leastPositives)
    {
        var histories = new List<UserHistory>();
        var users = new List<HeldOutUser>();
        foreach (var user in data.Users)
        {
            if (user.Count < Math.Max(leastPositives, 2))
            {
                histories.Add(user);
                continue;
            }
            var before = user.Before(user.Count - Math.Max(1, (int)(Share * user.Count)));
            histories.Add(before);
            users.Add(new HeldOutUser(before, user.Items[before.Count..], before.Items));
        }
        return new HoldOut(new TrainingData(data.ItemCount, histories), users);
    }
}
