using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Training;

namespace AgentRec.Grains.Offline;

/// <summary>
/// What simulated users truly like, which no recommender is shown. A user's held-out test items are liked for certain. For all
/// other items the taste is a model's that knows the whole data set, test part included: implicit ALS, whose parameters and
/// calibration are learned on the test part with a fit that has not seen it, and which is then fitted to everything. So a taste
/// of 0.2 means that one in five items of such a score was indeed among those held out.
/// </summary>
public sealed class HiddenTaste
{
    private readonly float[][] _tastes;

    private HiddenTaste(float[][] tastes) => _tastes = tastes;

    /// <summary>Learns everyone's taste.</summary>
    /// <param name="split">The data, its test part included.</param>
    /// <param name="seed">The seed of the fit.</param>
    /// <param name="threads">The number of threads; 0 uses every processor. It changes no taste.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static HiddenTaste Learn(EvaluationSplit split, ulong seed, int threads, CancellationToken cancellation)
    {
        var whole = split.Test.Select(user => Whole(user, split.Data.LastTime)).ToArray();
        var tested = split.Test.Select(user => user.History).ToHashSet<UserHistory>(ReferenceEqualityComparer.Instance);
        var everything = new TrainingData(split.Catalogue.Count, split.Data.Users.Where(history => !tested.Contains(history)).Concat(whole));
        var heldOut = new HoldOut(split.Data, [.. split.Test.Select(user => new HeldOutUser(user.History, user.Targets, user.Excluded))]);
        var model = ModelTrainer.Train(
            split.Catalogue, heldOut, everything, new TrainingOptions { Seed = seed, Threads = threads, Scorers = ["ials"], Ranking = false }, null, cancellation).Model;
        var tastes = new float[whole.Length][];
        Parallel.For(0, whole.Length, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1, CancellationToken = cancellation }, i =>
        {
            var scores = model.Score(whole[i]);
            tastes[i] = [.. Enumerable.Range(0, scores.Count).Select(item => (float)scores.Relevance(item))];
            foreach (var target in split.Test[i].Targets)
                tastes[i][target] = 1;
        });
        return new HiddenTaste(tastes);
    }

    /// <summary>The chance that a user takes to an item that is looked at.</summary>
    /// <param name="user">The user's place among the evaluated users.</param>
    /// <param name="item">The item's handle.</param>
    public double Of(int user, int item) => _tastes[user][item];

    private static UserHistory Whole(EvaluationUser user, long end) =>
        UserHistory.Create(user.History.Items.Zip(user.History.Times).Concat(user.Targets.Select(target => (target, end))));
}
