using System.Collections.Immutable;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Training;
using AgentRec.Recommenders.Vectors;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

/// <summary>A world in which what is new matters: items come out one after another, and users take to what came out lately.</summary>
internal static class RankedWorld
{
    public const int Items = 60;
    private const long Day = 86_400_000;
    private static readonly Lazy<TrainingResult> Result = new(() => Train(threads: 2));

    public static TrainingResult Trained => Result.Value;

    public static Catalogue Catalogue { get; } = Films(Items);

    public static TrainingResult Train(int threads) => ModelTrainer.Train(Catalogue, Seasons(200, 4), new TrainingOptions { Threads = threads, Seed = 7 });

    /// <summary>Each user is there for some weeks; an item comes out every ten days.</summary>
    public static TrainingData Seasons(int users, int seed)
    {
        var random = new Random(seed);
        return new TrainingData(Items, Enumerable.Range(0, users).Select(_ =>
        {
            var day = 100 + random.Next((Items * 10) - 100);
            return UserHistory.Create(Enumerable.Range(0, 12).Select(step =>
            {
                var newest = (day + step) / 10;
                var back = (int)(-Math.Log(1 - random.NextDouble()) * 6);
                return (Math.Clamp(newest - back, 0, Items - 1), (day + step) * Day);
            }).ToArray());
        }));
    }

    /// <summary>Examples by fixed scorers, without tuning.</summary>
    public static List<RankingExample> Examples(TrainingData data) => Maker().Make(data);

    public static RankingExamples Maker()
    {
        var space = ContentSpace.Fit(Catalogue, new ContentSpaceParameters(), 0);
        ImmutableArray<ScorerRecipe> recipes =
        [
            .. ScorerRecipe.All(0, space, space.Index(Catalogue), OneWorker).Where(recipe => recipe.Name is EaseScorer.ScorerName or PopularityScorer.Popularity),
        ];
        var any = Seasons(40, 1);
        ImmutableArray<IScorer> chosen =
        [
            PopularityScorer.Fit(PopularityScorer.Popularity, any, new PopularityParameters(double.PositiveInfinity)), EaseScorer.Fit(any, new EaseParameters(20), OneWorker),
        ];
        var curve = new BlendCurve([0.2, 0.8], new Calibration(1, 0));
        return new RankingExamples(recipes, chosen, new Blend(curve, curve), Catalogue, _ => Borrowing.None, OneWorker);
    }
}
