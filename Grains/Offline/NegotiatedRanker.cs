using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>Ranks by negotiation: the slate first, then everything else by relevance.</summary>
/// <param name="name">The name in the report.</param>
/// <param name="protocol">The negotiation protocol.</param>
/// <param name="model">The model.</param>
/// <param name="rules">The rules in force; <see cref="RuleSet.None"/> for none.</param>
/// <param name="fitSeconds">What fitting the model took.</param>
/// <param name="seed">Orders ties.</param>
public sealed class NegotiatedRanker(string name, string protocol, RecommenderModel model, RuleSet rules, double fitSeconds, ulong seed) : IRanker
{
    /// <summary>The name of the full pipeline in reports.</summary>
    public const string PipelineName = "agentrec";

    /// <summary>The size of the slate that metrics look at.</summary>
    public const int SlateSize = 10;

    private readonly OfflineTurn _turn = new(model, rules, seed);

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The negotiation protocol.</summary>
    public string Protocol => protocol;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters { get; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public double FitSeconds => fitSeconds;

    /// <inheritdoc/>
    public ImmutableArray<int> Rank(EvaluationUser user)
    {
        var offline = _turn.Lay(user.History, user.Excluded, SlateSize);
        var result = OfflineTurn.Negotiate(protocol, offline.Table);
        return offline.Continue([.. result.Slate.Select(candidate => candidate.Handle)]);
    }
}
