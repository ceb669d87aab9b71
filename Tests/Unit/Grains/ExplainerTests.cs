using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Users;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using AgentRec.Recommenders.Training;
using AgentRec.Tests.Unit.Recommenders;

namespace AgentRec.Tests.Unit.Grains;

/// <summary>Reasons rest on what can be checked: the user's own items, facts of the catalogue, wishes, rules, bids.</summary>
public sealed class ExplainerTests
{
    private const int Films = 30;

    private static readonly Lazy<RecommenderModel> Trained = new(() => ModelTrainer.Train(
        SmallData.Films(Films), SmallData.Walks(Films, 40, 14, 4), new TrainingOptions { Threads = 1, Scorers = ["content", "popularity", "itemknn", "sequence"] }).Model);

    private static readonly ImmutableDictionary<int, ImmutableArray<Evidence>> NoReasons = ImmutableDictionary<int, ImmutableArray<Evidence>>.Empty;
    private readonly UserMemory _memory = UserMemory.Restore(MemorySnapshot.Empty);

    private static RecommenderModel Model => Trained.Value;

    [Fact]
    public void Explain_WithAHistory_NamesOwnItemsAndSharedFactsOnly()
    {
        Act(InteractionType.Like, 3);
        Act(InteractionType.Consume, 4);
        Act(InteractionType.Rate, 5, 4.5);

        var explanations = Explain([6, 7, 20, 29]);

        Assert.Equal(4, explanations.Length);
        Assert.Contains(explanations, one => one.Evidence.Any(evidence => evidence.Kind is EvidenceKind.History));
        foreach (var (item, explanation) in new[] { 6, 7, 20, 29 }.Zip(explanations))
        {
            Assert.NotEmpty(explanation.Text);
            foreach (var evidence in explanation.Evidence)
            {
                if (evidence.Kind is EvidenceKind.History)
                    Assert.Contains(evidence.ItemId, (string[])["f3", "f4", "f5"]);
                else
                    Assert.Contains(evidence.Value, Model.Catalogue.Values(item, evidence.Facet!));
            }
        }
    }

    [Fact]
    public void Explain_OfHistory_SaysWhatWasDone()
    {
        Act(InteractionType.Like, 3);
        Act(InteractionType.Consume, 4);
        Act(InteractionType.Rate, 5, 4.5);

        var deeds = Explain([.. Enumerable.Range(6, 20)]).SelectMany(one => one.Evidence).Where(one => one.Kind is EvidenceKind.History)
            .Select(one => one.Text).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                $"You liked {Title(3)}.", $"You chose {Title(4)}.", $"You gave 4.5 of 5 to {Title(5)}.",
            },
            deeds);
        Assert.NotEmpty(deeds);
    }

    [Fact]
    public void Explain_ForANewUser_RestsOnTheCatalogue()
    {
        foreach (var (item, explanation) in new[] { 0, 1 }.Zip(Explain([0, 1])))
        {
            var fact = Assert.Single(explanation.Evidence);
            Assert.Equal(EvidenceKind.Fact, fact.Kind);
            Assert.Contains(fact.Value, Model.Catalogue.Values(item, fact.Facet!));
        }
    }

    [Fact]
    public void Explain_OfWishesThatTheItemMeets_NamesThem()
    {
        Constraint met = new("year", ConstraintOperator.Ge, ["1960"], ConstraintStrength.Hard, null);
        Constraint missed = new("genre", ConstraintOperator.Eq, ["Western"], ConstraintStrength.Soft, null);

        var explanation = new Explainer(Model, UserHistory.Empty, null, _memory, [met, missed]).Explain([20], NoReasons)[0];

        var wish = Assert.Single(explanation.Evidence, evidence => evidence.Kind is EvidenceKind.Constraint);
        Assert.Equal(("year", "1970"), (wish.Facet, wish.Value));
        Assert.Equal("You asked for year at least 1960.", wish.Text);
    }

    [Fact]
    public void Explain_OfWhatTheNegotiationContributed_CarriesItOn()
    {
        Evidence rule = new(EvidenceKind.Rule, null, "stratum", "long-tail", "At least three lesser-known titles.");

        var explanations = new Explainer(Model, UserHistory.Empty, null, _memory, []).Explain([1, 2], NoReasons.Add(2, [rule]));

        Assert.DoesNotContain(rule, explanations[0].Evidence);
        Assert.Contains(rule, explanations[1].Evidence);
        Assert.Contains(rule.Text, explanations[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_OfAnItemWithoutFacts_StillSaysSomething()
    {
        var bare = Model.WithCatalogue(Model.Catalogue.Extend([new Item("bare", "Bare", null, Item.NoFacets, null)]));

        var explanation = new Explainer(bare, UserHistory.Empty, null, _memory, []).Explain([Films], NoReasons)[0];

        Assert.Equal("It is well received.", explanation.Text);
        Assert.Empty(explanation.Evidence);
    }

    private ImmutableArray<Explanation> Explain(ImmutableArray<int> slate) =>
        new Explainer(Model, UserHistory.Create(_memory.Positives.Select(entry => (entry.Item, entry.At))), null, _memory, []).Explain(slate, NoReasons);

    private void Act(InteractionType type, int film, double? value = null) => _memory.Apply(
        new LoggedEvent(_memory.Sequence + 1, DateTimeOffset.UnixEpoch.AddDays(_memory.Sequence), new InteractionRecorded(new Interaction("i", "u", $"f{film}", type, value, null))),
        Model.Catalogue);

    private static string Title(int film) => Model.Catalogue.Item(film).Title;
}
