using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>Ranks by a slate that is made without negotiation: what a negotiation is compared with.</summary>
/// <param name="name">The name in the report.</param>
/// <param name="propose">Makes a slate; null where it finds none, and the user's opening stands, broken rules and all.</param>
/// <param name="model">The model.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="fitSeconds">What fitting the model took.</param>
/// <param name="seed">Orders ties.</param>
public sealed class ProposalRanker(
    string name, Func<NegotiationTable, ImmutableArray<Candidate>?> propose, RecommenderModel model, RuleSet rules, double fitSeconds, ulong seed) : IRanker
{
    private readonly OfflineTurn _turn = new(model, rules, seed);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters { get; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public double FitSeconds => fitSeconds;

    /// <inheritdoc/>
    public ImmutableArray<int> Rank(EvaluationUser user)
    {
        var offline = _turn.Lay(user.History, user.Excluded, NegotiatedRanker.SlateSize);
        var slate = propose(offline.Table) ?? Opening.Of(offline.Table.Window.Candidates, NegotiatedRanker.SlateSize);
        return offline.Continue([.. slate.Select(candidate => candidate.Handle)]);
    }
}
