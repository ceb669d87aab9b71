using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Offline;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Serving;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Memory;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;
using AgentRec.Tests.Unit.Recommenders;
using Contributed = System.Collections.Immutable.ImmutableArray<AgentRec.Recommenders.Scorers.Contribution>;

namespace AgentRec.Tests.Unit.Reasons;

/// <summary>Films, people who rated them, and a model of every kind of contributor, fitted without a search for its parameters.</summary>
internal sealed class ReasonWorld
{
    private readonly ILookup<string, Interaction> _ratings;

    public ReasonWorld(Catalogue catalogue, IEnumerable<Interaction> ratings)
    {
        _ratings = ratings.ToLookup(rating => rating.UserId, StringComparer.Ordinal);
        var data = new TrainingData(catalogue.Count, _ratings.Select(user => UserHistory.From(catalogue, user)));
        catalogue = catalogue.WithPositives(data.PositiveCounts);
        var space = ContentSpace.Fit(catalogue, new ContentSpaceParameters(16), 0);
        var index = space.Index(catalogue);
        ImmutableArray<IScorer> scorers =
        [
            EaseScorer.Fit(data, new EaseParameters(200), SmallData.OneWorker),
            ItemKnnScorer.Fit(data, new ItemKnnParameters(50, 10), SmallData.OneWorker),
            ImplicitAlsScorer.Fit(data, new ImplicitAlsParameters(8, 0.3, 0.05, 2), 1, SmallData.OneWorker),
            new ContentScorer(new ContentParameters(10, 0.5), index, space.MeaningDimension),
        ];
        var curve = new BlendCurve([0.4, 0.3, 0.2, 0.1], new Calibration(4, -4));
        var info = new ModelInfo(catalogue.Count, data.Users.Length, data.Positives, data.FirstTime, data.LastTime, 0, ImmutableSortedDictionary<string, double>.Empty);
        Model = new RecommenderModel(catalogue, info, scorers, new Blend(curve, curve), null, space, index);
    }

    public RecommenderModel Model { get; }

    public ImmutableArray<string> Users => [.. _ratings.Select(user => user.Key).Order(StringComparer.Ordinal)];

    /// <summary>A user's ratings in the order of the log.</summary>
    public Interaction[] Ratings(string user) =>
        [.. _ratings[user].OrderBy(rating => rating.Timestamp).ThenBy(rating => rating.ItemId, StringComparer.Ordinal)];

    /// <summary>Takes a turn for a user: negotiates, and makes the claims of the slate.</summary>
    public async Task<ReasonedTurn> TurnAsync(string user, RuleSet rules, ImmutableArray<Constraint> constraints)
    {
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        foreach (var rating in Ratings(user))
            memory.Apply(new LoggedEvent(memory.Sequence + 1, rating.Timestamp!.Value, new InteractionRecorded(rating)), Model.Catalogue);
        var history = UserHistory.Create(memory.Positives.Select(entry => (entry.Item, entry.At)));
        var scores = Model.Score(history);
        var table = new OfflineTurn(Model, rules, 1, withAgency: true)
            .Lay(RankedScores.Of(scores, history), history, memory, 10, SessionEvidence.None, 0, DateTimeOffset.UnixEpoch).Table;
        var parties = new HeardParties(new LocalParties(table, handle => new ItemEvidence(handle % 50, handle % 7, handle % 400, 20, 0.2)), table);
        var result = await new ConcessionProtocol().NegotiateAsync(table, parties, Unobserved.Instance, default);
        ImmutableArray<int> slate = [.. result.Slate.Select(candidate => candidate.Handle)];
        var said = new NegotiationFacts(parties.Objections, parties.Bids, []);
        var deeds = OwnDeeds.Of(memory);
        var negotiated = NegotiatedReasons.Of(slate, table, said);
        var explainer = new Explainer(Model.Catalogue, deeds, constraints);
        // Claims are made by what the turn scored, and checked by contributions that are computed anew.
        var made = Model.Contributions(history, slate.AsSpan(), scores);
        var anew = Model.Contributions(history, slate.AsSpan());
        var catalogue = Model.Catalogue;
        return new ReasonedTurn(
            new ReasonFacts(catalogue, item => catalogue.PositiveCounts[item] == 0, deeds, constraints, rules, said),
            [.. slate.Select((item, place) => new ReasonedItem(item, anew[place], explainer.Claims(item, made[place], negotiated.GetValueOrDefault(item, []))))]);
    }

    /// <summary>Remembers what was said, as the planner does.</summary>
    private sealed class HeardParties(LocalParties parties, NegotiationTable table) : IParties
    {
        private readonly ImmutableArray<int> _opening = [.. Opening.Of(table.Window.Candidates, table.SlateSize).Select(candidate => candidate.Handle)];

        public ImmutableArray<Bid> Bids { get; private set; } = [];

        public ImmutableArray<Objection> Objections { get; private set; } = [];

        public ImmutableArray<string> Absent => [];

        public async ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken)
        {
            var bids = await parties.BidAsync(call, cancellationToken);
            Bids = Bidding.Admit(table.Window.Candidates, call, bids);
            return bids;
        }

        public async ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken)
        {
            var review = await parties.ReviewAsync(slate, relaxed, cancellationToken);
            if (slate.SequenceEqual(_opening) && Objections.IsEmpty)
                Objections = review.Objections;
            return review;
        }

        public ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) => parties.RespondAsync(slate, round, cancellationToken);

        public ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken) => parties.OfferAsync(call, cancellationToken);
    }
}

/// <summary>A slate with claims for it, and what they can be checked against.</summary>
internal sealed record ReasonedTurn(ReasonFacts Facts, ImmutableArray<ReasonedItem> Items);

/// <summary>An item with the claims made for it.</summary>
internal sealed record ReasonedItem(int Item, Contributed Contributions, ImmutableArray<Evidence> Claims);
