using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>
/// The parameters that each scorer chooses from. They span what the literature and common sense allow, are few, and are the
/// same for every data set: only validation decides.
/// </summary>
internal static class Grid
{
    private static readonly (int Recent, double Weight)[] Recencies = [(1, 1), (5, 0.6), (5, 0.9), (20, 0.6), (20, 0.9)];
    private static readonly (double Source, double Target)[] Powers = [(0, 0), (0, 0.3), (0.3, 0), (0.3, 0.3), (0, 0.6), (0.6, 0)];

    public static IEnumerable<PopularityParameters> Popularity =>
        [new(double.PositiveInfinity), new(1460), new(365)];

    public static IEnumerable<PopularityParameters> Trending =>
        [new(30), new(90), new(180)];

    public static IEnumerable<ItemKnnParameters> ItemKnn =>
        from neighbours in (int[])[20, 50, 200]
        from shrinkage in (double[])[0, 10]
        select new ItemKnnParameters(neighbours, shrinkage);

    public static IEnumerable<EaseParameters> Ease =>
        from lambda in (double[])[50, 100, 200, 300, 500]
        select new EaseParameters(lambda);

    public static IEnumerable<ImplicitAlsParameters> ImplicitAls =>
        from weights in ((double Unobserved, double Regularisation)[])[(0.1, 0.01), (0.1, 0.02), (0.3, 0.003), (0.3, 0.01), (1, 0.003), (1, 0.01)]
        select new ImplicitAlsParameters(64, weights.Unobserved, weights.Regularisation, 16);

    public static IEnumerable<SequenceParameters> Counting =>
        from window in (int[])[10, 20]
        select new SequenceParameters(window, 0.9, 0.5, 0, 0, 0, 0);

    public static IEnumerable<SequenceParameters> Reading(SequenceParameters counted) =>
        from recency in Recencies
        from power in Powers
        select counted with { Recent = recency.Recent, RecentWeight = recency.Weight, SourcePower = power.Source, TargetPower = power.Target };

    public static IEnumerable<ContentParameters> Content =>
        from recency in (IEnumerable<(int Recent, double Weight)>)[.. Recencies, (int.MaxValue, 1)]
        select new ContentParameters(recency.Recent, recency.Weight);
}
