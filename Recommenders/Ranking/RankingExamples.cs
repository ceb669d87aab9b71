using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Training;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// Makes examples out of histories. Users are dealt into folds, and the moments of a fold's users are seen through scorers and
/// counts that those users had no part in: what came after a moment is in no feature of it, not even by way of a fitted
/// model. Negatives are what else stood in the window of that moment.
/// </summary>
/// <param name="recipes">How scorers are fitted.</param>
/// <param name="chosen">Scorers with the parameters that were chosen, parallel to the recipes.</param>
/// <param name="blend">What fills windows.</param>
/// <param name="catalogue">The catalogue.</param>
/// <param name="borrowing">What items borrow, given the positives by item.</param>
/// <param name="workers">How many threads, and when to stop.</param>
internal sealed class RankingExamples(
    ImmutableArray<ScorerRecipe> recipes, ImmutableArray<IScorer> chosen, Blend blend, Catalogue catalogue, Func<ImmutableArray<int>, Borrowing> borrowing,
    ParallelOptions workers)
{
    // One item in so many is shown to a fold as if nobody had taken to it yet: what to make of new items is learned too.
    private const int NewItems = 10;
    private const int Folds = 5;
    private const int Window = 200;
    private const int Negatives = 120;
    private const int Horizon = 3;
    private const int MomentsOfAUser = 10;
    private const int MostExamples = 8_000;

    /// <summary>Makes examples.</summary>
    /// <param name="data">Histories; everything in them may be learned from.</param>
    public List<RankingExample> Make(TrainingData data)
    {
        var users = Enumerable.Range(0, data.Users.Length)
            .Where(user => data.Users[user].Count > 1)
            .OrderBy(user => StableHash.Of(1, (ulong)user))
            .Take(MostExamples)
            .Order()
            .ToArray();
        var moments = Math.Clamp(MostExamples / Math.Max(users.Length, 1), 1, MomentsOfAUser);
        var examples = new List<RankingExample>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var own = users.Where(user => user % Folds == fold).ToArray();
            var isNew = Enumerable.Range(0, data.ItemCount).Select(item => StableHash.Of((ulong)fold, (ulong)item) % NewItems == 0).ToArray();
            var others = new TrainingData(data.ItemCount, data.Users.Where((_, user) => user % Folds != fold).Select(history => Without(history, isNew)));
            if (own.Length == 0 || others.Users.IsEmpty)
                continue;
            ImmutableArray<IScorer> scorers = [.. recipes.Zip(chosen, (recipe, candidate) => recipe.Refit(others, candidate))];
            var evidence = RankingEvidence.Fit(catalogue.WithPositives(others.PositiveCounts), scorers, others, workers);
            var lending = borrowing(others.PositiveCounts);
            var made = new RankingExample[own.Length][];
            Parallel.For(0, own.Length, workers, i => made[i] = [.. Of(evidence, lending, data.Users[own[i]], own[i], moments)]);
            examples.AddRange(made.SelectMany(one => one));
        }
        return examples;
    }

    private static UserHistory Without(UserHistory history, bool[] isNew) =>
        UserHistory.Create(history.Items.Zip(history.Times).Where(entry => !isNew[entry.First]));

    private IEnumerable<RankingExample> Of(RankingEvidence evidence, Borrowing lending, UserHistory history, int user, int moments) =>
        Enumerable.Range(1, history.Count - 1)
            // The first moments of all: there are too few of them to be left to chance, and every user begins there.
            .OrderBy(place => place > Blend.Few)
            .ThenBy(place => StableHash.Of((ulong)user, (ulong)place))
            .Take(moments)
            .Order()
            .Select(place => At(evidence, lending, history, user, place))
            .OfType<RankingExample>();

    private RankingExample? At(RankingEvidence evidence, Borrowing lending, UserHistory whole, int user, int place)
    {
        var history = whole.Before(place);
        var (raw, parts) = new FirstStage(evidence.Scorers, blend, lending, catalogue.Count).ScoreInParts(history, catalogue.Count);
        int[] window = [.. RankingPool.Of(UserScores.Falling(raw), history.Items, evidence.Catalogue, Window).Items.Order()];
        var targets = whole.Items.Skip(place).Take(Horizon).ToHashSet();
        var seed = StableHash.Of(~(ulong)user, (ulong)place);
        if (!window.Any(targets.Contains))
            return null;
        int[] candidates = [.. window.Where(item => !targets.Contains(item)).OrderBy(item => StableHash.Of(seed, (ulong)item)).Take(Negatives).Concat(window.Where(targets.Contains)).Order()];
        using var of = new UserEvidence(evidence, lending, history);
        var rows = of.Rows(candidates, raw, parts);
        return new RankingExample(user, place, rows, [.. candidates.Select(targets.Contains)]);
    }
}
