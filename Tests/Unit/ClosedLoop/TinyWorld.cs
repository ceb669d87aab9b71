using AgentRec.Domain;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Training;

namespace AgentRec.Tests.Unit.ClosedLoop;

/// <summary>Thirty users of sixty films: small enough to replay in a moment, with order to be found and a long tail.</summary>
internal static class TinyWorld
{
    public static EvaluationSplit Split { get; } = MakeSplit();

    public static RecommenderModel Model { get; } = ModelTrainer.Train(
        Split.Catalogue, Split.HoldOut, Split.Data, new TrainingOptions { Threads = 1, Scorers = ["popularity", "trending", "itemknn", "sequence"] }).Model;

    public static RuleSet Rules { get; } = RuleSetReader.ReadYaml("""
        name: tiny
        agency: { beta: 0.05, band: 0.2, invited: 60 }
        rules:
          - { id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 3, severity: hard, priority: 1 }
          - { id: not-again, type: frequencyCap, atMost: 3, days: 7, severity: safety }
        """).RuleSet!;

    private static EvaluationSplit MakeSplit()
    {
        const int films = 60;
        var random = new Random(5);
        var catalogue = Catalogue.Create(Enumerable.Range(0, films).Select(i =>
            new Item($"f{i}", $"Film {i}", null, Item.NoFacets.Add(FacetNames.Genre, [i % 3 == 0 ? "Drama" : "Comedy"]), null)));
        var interactions = Enumerable.Range(0, 30).SelectMany(user =>
        {
            var at = random.Next(films);
            return Enumerable.Range(0, 14).Select(step =>
            {
                // Low numbers are popular.
                at = random.Next(3) == 0 ? (int)(films * random.NextDouble() * random.NextDouble()) : (at + 1) % films;
                return new Interaction($"{user}-{step}", $"u{user}", $"f{at}", InteractionType.Like, null, DateTimeOffset.UnixEpoch.AddDays(step));
            });
        }).ToArray();
        return EvaluationSplit.Cut(EvaluationSplit.UserTemporal, catalogue, interactions, 0);
    }
}
