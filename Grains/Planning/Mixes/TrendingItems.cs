using AgentRec.Grains.Serving;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>What others take to now: the served model's order for somebody of whom nothing is known, worked out once for each model.</summary>
/// <param name="serving">What is served.</param>
internal sealed class TrendingItems(ServingHost serving)
{
    private volatile Ranking? _latest;

    /// <summary>The first items.</summary>
    /// <param name="count">How many are wanted.</param>
    public async ValueTask<int[]> FirstAsync(int count)
    {
        if (count == 0)
            return [];
        var model = serving.Current.Required;
        // Scoring takes longer than a grain may hold its thread.
        var latest = _latest is { } known && ReferenceEquals(known.Model, model)
            ? known
            : _latest = await Task.Run(() => new Ranking(model, model.ScoreByBlend(UserHistory.Empty).Falling()));
        return latest.Order[..Math.Min(count, latest.Order.Length)];
    }

    private sealed record Ranking(RecommenderModel Model, int[] Order);
}
