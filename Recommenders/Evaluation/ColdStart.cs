namespace AgentRec.Recommenders.Evaluation;

/// <summary>
/// Cuts a split again to ask about those of whom little is known: models are trained as if the cold users, or the cold items,
/// had not been there yet.
/// </summary>
public static class ColdStart
{
    private const int ColdUser = 3;
    private const int ColdItem = 10;
    private const int MostKept = 3;

    /// <summary>
    /// A third of the users are new: no model has seen them. Of each only the last positive before the test, the last two or
    /// the last three are known; the targets are the split's own.
    /// </summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">Chooses the users, and how much of each is known.</param>
    public static EvaluationSplit Users(EvaluationSplit split, ulong seed)
    {
        SplitUser[] warm = [.. split.Users.Where(user => !IsCold(user))];
        var kept = EvaluationSplit.Of($"{split.Protocol}, cold users", split.Catalogue, warm, split.Skipped);
        return kept with { Test = [.. split.Users.Where(IsCold).Select(Forget).Where(user => !user.Targets.IsEmpty)], Skipped = split.Skipped + warm.Length };

        bool IsCold(SplitUser user) => StableHash.Of(seed, user.UserId) % ColdUser == 0;

        EvaluationUser Forget(SplitUser user)
        {
            var history = user.Known.Last(Math.Min(user.Known.Count, 1 + (int)(StableHash.Of(~seed, user.UserId) % MostKept)));
            return new EvaluationUser(user.UserId, history, user.Test, user.Excluded);
        }
    }

    /// <summary>A tenth of the items are new: nobody has taken to them before the test, and only they are targets.</summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">Chooses the items.</param>
    public static EvaluationSplit Items(EvaluationSplit split, ulong seed)
    {
        var isCold = split.Catalogue.Items.Select(item => StableHash.Of(seed, item.ItemId) % ColdItem == 0).ToArray();
        var users = split.Users.Select(user => user with { Train = Warm(user.Train), Known = Warm(user.Known), Test = [.. user.Test.Where(item => isCold[item])] });
        return EvaluationSplit.Of($"{split.Protocol}, cold items", split.Catalogue, [.. users], split.Skipped);

        UserHistory Warm(UserHistory history) => UserHistory.Create(history.Items.Zip(history.Times).Where(entry => !isCold[entry.First]));
    }
}
