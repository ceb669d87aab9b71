using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Users;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Offline;

/// <summary>
/// A negotiated turn without a cluster, from the same functions that the agents call. New items are not explored.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="seed">Orders ties.</param>
/// <param name="withAgency">True to let item agents bid under the rules' terms; without exposures they have nothing to go by.</param>
public sealed class OfflineTurn(RecommenderModel model, RuleSet rules, ulong seed, bool withAgency = false)
{
    // Nothing decays and no cap looks back: any fixed moment will do.
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly RuleSet _rules = rules with { Agency = withAgency ? rules.Agency with { Exploration = Exploration.Off } : Agency.Off };

    /// <summary>What lies on the table for a user without a memory: a history to score by and a set of items that are known.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="known">Handles that must not be shown.</param>
    /// <param name="slateSize">The slate's size.</param>
    public OfflineTable Lay(UserHistory history, ImmutableArray<int> known, int slateSize) =>
        Lay(history, UserMemory.Restore(MemorySnapshot.Empty with { Consumed = known }), slateSize, Now);

    /// <summary>What lies on the table for a user with a memory, which adjusts utilities as it does online.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="memory">The user's memory.</param>
    /// <param name="slateSize">The slate's size.</param>
    /// <param name="now">The turn's time.</param>
    public OfflineTable Lay(UserHistory history, UserMemory memory, int slateSize, DateTimeOffset now) =>
        Lay(RankedScores.Of(model.Score(history), history), history, memory, slateSize, SessionEvidence.None, 0, now);

    /// <summary>What lies on the table in a session that has learnt something by asking.</summary>
    /// <param name="scores">The user's scores.</param>
    /// <param name="history">What the user took to.</param>
    /// <param name="memory">The user's memory.</param>
    /// <param name="slateSize">The slate's size.</param>
    /// <param name="evidence">What was learnt.</param>
    /// <param name="noise">The assumed probability of an answer that has nothing to do with what is wanted.</param>
    /// <param name="now">The turn's time.</param>
    internal OfflineTable Lay(RankedScores scores, UserHistory history, UserMemory memory, int slateSize, SessionEvidence evidence, double noise, DateTimeOffset now)
    {
        var advocacy = new Advocacy(memory, model.Catalogue, _rules, [], evidence, noise, now);
        var (nominees, selected, _) = evidence.IsEmpty
            ? advocacy.Nominate(scores.Order, slateSize, CandidateWindow.DefaultSize)
            : advocacy.Nominate(advocacy.InOrderOfBelief(scores.Order, scores.Scores), slateSize, CandidateWindow.DefaultSize);
        var window = CandidateWindow.Of(advocacy.Value(nominees, [], scores, seed), seed);
        var table = new NegotiationTable(_rules, window, slateSize, model.Catalogue, selected.Widenings)
        {
            Targets = FacetVotes.Targets(_rules, history.Items, model.Catalogue),
        };
        return new OfflineTable(table, selected.Origin, scores, memory);
    }

    /// <summary>Negotiates.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="table">What lies on the table.</param>
    /// <param name="evidence">What the item agent behind a handle knows of itself; null: nobody bids.</param>
    public static NegotiationResult Negotiate(INegotiationProtocol protocol, NegotiationTable table, Func<int, ItemEvidence>? evidence = null) =>
        protocol.NegotiateAsync(table, new LocalParties(table, evidence), Unobserved.Instance, CancellationToken.None).GetAwaiter().GetResult();
}

/// <summary>A user's side of an offline turn.</summary>
public sealed class OfflineTable
{
    private readonly RankedScores _scores;
    private readonly UserMemory _memory;

    internal OfflineTable(NegotiationTable table, WindowOrigin origin, RankedScores scores, UserMemory memory) =>
        (Table, Origin, _scores, _memory) = (table, origin, scores, memory);

    /// <summary>What lies on the table.</summary>
    public NegotiationTable Table { get; }

    /// <summary>How the window came about.</summary>
    public WindowOrigin Origin { get; }

    /// <summary>The utility of any item of the catalogue, in the window or not.</summary>
    /// <param name="item">The item's handle.</param>
    public double Utility(int item) => _scores.Scores.Relevance(item);

    /// <summary>A slate, followed by everything else that may be shown in the order of nomination.</summary>
    /// <param name="slate">Handles, best first.</param>
    public ImmutableArray<int> Continue(ImmutableArray<int> slate)
    {
        var ranking = ImmutableArray.CreateBuilder<int>(_scores.Order.Length);
        ranking.AddRange(slate);
        var placed = slate.ToHashSet();
        var consumed = _memory.ConsumedAmong(_scores.Scores.Raw.Length);
        foreach (var item in _scores.Order)
        {
            if (!consumed[item] && !placed.Contains(item))
                ranking.Add(item);
        }
        return ranking.ToImmutable();
    }
}
