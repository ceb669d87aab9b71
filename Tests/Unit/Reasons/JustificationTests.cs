using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Users;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using AgentRec.Recommenders.Training;
using AgentRec.Tests.Unit.Negotiation;
using AgentRec.Tests.Unit.Recommenders;

namespace AgentRec.Tests.Unit.Reasons;

/// <summary>Reasons rest on what can be checked: the user's own items, facts of the catalogue, wishes, rules, bids.</summary>
public sealed class JustificationTests
{
    private const int Films = 30;

    private static readonly Lazy<RecommenderModel> Trained = new(() => ModelTrainer.Train(
        SmallData.Films(Films), SmallData.Walks(Films, 40, 14, 4), new TrainingOptions { Threads = 1, Scorers = ["content", "popularity", "itemknn", "sequence"] }).Model);

    private static readonly RuleSet Rules = Policies.WithRules("id: long-tail, type: count, facet: stratum, values: [tail], atLeast: 3, sentence: \"At least three lesser-known titles.\"");
    private readonly UserMemory _memory = UserMemory.Restore(MemorySnapshot.Empty);

    private static RecommenderModel Model => Trained.Value;

    private static Evidence LongTail => new(EvidenceKind.Rule, null, "stratum", "long-tail", "At least three lesser-known titles.");

    [Fact]
    public void Of_WithAHistory_NamesOwnItemsAndSharedFactsOnly()
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
                Assert.Contains(evidence.ItemId, (string[])["f3", "f4", "f5"]);
                if (evidence.Kind is EvidenceKind.Fact)
                    Assert.Contains(evidence.Value, Model.Catalogue.Values(item, evidence.Facet!));
            }
        }
    }

    [Fact]
    public void Of_History_SaysWhatWasDone()
    {
        Act(InteractionType.Like, 3);
        Act(InteractionType.Consume, 4);
        Act(InteractionType.Rate, 5, 4.5);

        var explanations = Explain([.. Enumerable.Range(6, 20)]);
        var deeds = explanations.SelectMany(one => one.Evidence).Where(one => one.Kind is EvidenceKind.History).Select(one => one.Text).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(deeds);
        Assert.Subset(
            new HashSet<string>(StringComparer.Ordinal) { $"You liked {Title(3)}.", $"You chose {Title(4)}.", $"You gave 4.5 of 5 to {Title(5)}." }, deeds);
        // The next film is the nearest to all three, and the two strongest make the sentence.
        Assert.StartsWith("Because you ", explanations[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, explanations[0].Evidence.Count(one => one.Kind is EvidenceKind.History));
    }

    [Fact]
    public void Of_WhatWasTakenBackSince_IsNoReason()
    {
        Act(InteractionType.Like, 3);
        Act(InteractionType.Consume, 4);
        Act(InteractionType.Dislike, 3);
        Act(InteractionType.Rate, 4, 2);

        Assert.All(Explain([5, 6, 7]), one => Assert.DoesNotContain(one.Evidence, evidence => evidence.ItemId is not null));
    }

    [Fact]
    public void Of_OlderThanEpisodicMemory_SaysNoMoreThanIsRemembered()
    {
        Act(InteractionType.Rate, 4, 5);
        for (var view = 0; view < UserMemory.EpisodicCapacity; view++)
            Act(InteractionType.View, 20);

        var own = Assert.Single(Explain([5])[0].Evidence, one => one.Kind is EvidenceKind.History);

        Assert.Equal($"You took to {Title(4)}.", own.Text);
    }

    [Fact]
    public void Of_ANewUser_RestsOnTheCatalogue()
    {
        foreach (var (item, explanation) in new[] { 0, 1 }.Zip(Explain([0, 1])))
        {
            var fact = Assert.Single(explanation.Evidence);
            Assert.Equal((EvidenceKind.Fact, null), (fact.Kind, fact.ItemId));
            Assert.Contains(fact.Value, Model.Catalogue.Values(item, fact.Facet!));
        }
    }

    [Fact]
    public void Of_WishesThatTheItemMeets_NamesThem()
    {
        Constraint met = new("year", ConstraintOperator.Ge, ["1960"], ConstraintStrength.Hard, null);
        Constraint missed = new("genre", ConstraintOperator.Eq, ["Western"], ConstraintStrength.Soft, null);

        var explanation = Explain([20], constraints: [met, missed])[0];

        var wish = Assert.Single(explanation.Evidence, evidence => evidence.Kind is EvidenceKind.Constraint);
        Assert.Equal(("year", "1970"), (wish.Facet, wish.Value));
        Assert.Equal("You asked for year at least 1960.", wish.Text);
    }

    [Fact]
    public void Of_WhatTheNegotiationContributed_CarriesItOn()
    {
        Evidence bid = new(EvidenceKind.Bid, null, null, null, Wording.Bid);
        var said = new NegotiationFacts([Asking(2)], [new Bid(2, 0.001, "Shown 3 times; its reception merits 8.4 showings.")], []);

        var explanations = Explain([1, 2], Reasons(2, LongTail, bid), said);

        Assert.DoesNotContain(LongTail, explanations[0].Evidence);
        Assert.Contains(LongTail, explanations[1].Evidence);
        Assert.Contains(bid, explanations[1].Evidence);
        Assert.EndsWith($"At least three lesser-known titles. {Wording.Bid}", explanations[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ReasonsThatNobodyGave_DropsAndCountsThem()
    {
        Evidence[] invented =
        [
            LongTail,
            LongTail with { Value = "unheard-of" },
            new(EvidenceKind.Bid, null, null, null, Wording.Bid),
            new(EvidenceKind.Fact, null, null, null, Wording.New),
            new(EvidenceKind.History, "f9", null, null, $"You liked {Title(9)}."),
            new(EvidenceKind.Fact, null, "genre", "Western", "Its genre is Western."),
            new(EvidenceKind.Constraint, null, "genre", "Comedy", "You asked for genre of Comedy."),
        ];
        var counted = new List<(string Kind, string Outcome)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument is { Meter.Name: AgentInstruments.MeterName, Name: "agentrec.claims" })
                own.EnableMeasurementEvents(instrument);
        };
        var thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Other tests measure as well.
            if (Environment.CurrentManagedThreadId == thread)
                counted.Add(((string)tags[0].Value!, (string)tags[1].Value!));
        });
        listener.Start();

        // The rule did ask, but for another item; the bid was another's, and the item's own came to nothing.
        var said = new NegotiationFacts([Asking(2)], [new Bid(2, 0.001, ""), new Bid(1, 0, "")], [1]);
        var explanation = Explain([1], Reasons(1, invented), said)[0];

        Assert.Equal(["Its genre is Comedy."], explanation.Evidence.Select(one => one.Text));
        Assert.Equal("Its genre is Comedy.", explanation.Text);
        Assert.Equal(
            [("fact", "shown"), ("rule", "dropped"), ("rule", "dropped"), ("bid", "dropped"), ("fact", "dropped"), ("history", "dropped"), ("fact", "dropped"), ("constraint", "dropped")],
            counted);
    }

    [Fact]
    public void Of_AnItemWithoutFacts_SaysPlainlyThatNothingStandsOut()
    {
        var bare = Model.WithCatalogue(Model.Catalogue.Extend([new Item("bare", "Bare", null, Item.NoFacets, null)]));

        var explanation = Explain([Films], model: bare)[0];

        Assert.Equal(Wording.Plain, explanation.Text);
        Assert.Empty(explanation.Evidence);
    }

    [Fact]
    public void Of_ANewItemInThePlaceKeptForSuch_SaysSo()
    {
        var grown = Model.WithCatalogue(Model.Catalogue.Extend([new Item("bare", "Bare", null, Item.NoFacets, null)]));
        Evidence isNew = new(EvidenceKind.Fact, null, null, null, Wording.New);
        var exploring = Rules with { Agency = Agency.Off with { Exploration = Exploration.Off with { Places = 1 } } };

        Assert.Equal(Wording.New, Explain([Films], Reasons(Films, isNew), new NegotiationFacts([], [], [Films]), model: grown, rules: exploring)[0].Text);
        Assert.Equal(Wording.Plain, Explain([Films], Reasons(Films, isNew), new NegotiationFacts([], [], [Films]), model: grown)[0].Text);
    }

    private static ImmutableDictionary<int, ImmutableArray<Evidence>> Reasons(int item, params Evidence[] reasons) =>
        ImmutableDictionary<int, ImmutableArray<Evidence>>.Empty.Add(item, [.. reasons]);

    private static Objection Asking(int item) => new(new RuleReading(Rules.Rules[0], 0, 1), [new Replace(0, item)]);

    private ImmutableArray<Explanation> Explain(
        ImmutableArray<int> slate, ImmutableDictionary<int, ImmutableArray<Evidence>>? reasons = null, NegotiationFacts? said = null,
        ImmutableArray<Constraint>? constraints = null, RecommenderModel? model = null, RuleSet? rules = null)
    {
        model ??= Model;
        var history = UserHistory.Create(_memory.Positives.Select(entry => (entry.Item, entry.At)));
        var pin = new OfferPin(new ServingState("default", model.Catalogue, model, "m"), history, model.Score(history), []);
        return Justification.Of(
            pin, OwnDeeds.Of(_memory), rules ?? Rules,
            new ExplanationRequest(
                "o", slate, constraints ?? [], reasons ?? ImmutableDictionary<int, ImmutableArray<Evidence>>.Empty, new PolicyReference("test", 1), said ?? NegotiationFacts.None));
    }

    private void Act(InteractionType type, int film, double? value = null) => _memory.Apply(
        new LoggedEvent(_memory.Sequence + 1, DateTimeOffset.UnixEpoch.AddDays(_memory.Sequence), new InteractionRecorded(new Interaction("i", "u", $"f{film}", type, value, null))),
        Model.Catalogue);

    private static string Title(int film) => Model.Catalogue.Item(film).Title;
}
