using System.Collections.Immutable;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>Ranks by negotiation: the slate first, then everything else in the order of nomination.</summary>
/// <param name="name">The name in the report.</param>
/// <param name="protocol">The negotiation protocol.</param>
/// <param name="negotiations">The negotiations of the evaluation.</param>
/// <param name="fitSeconds">What fitting the model took.</param>
public sealed class NegotiatedRanker(string name, INegotiationProtocol protocol, OfflineNegotiations negotiations, double fitSeconds) : IRanker
{
    /// <summary>The name of the full pipeline in reports.</summary>
    public const string PipelineName = "agentrec";

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The negotiation protocol.</summary>
    public INegotiationProtocol Protocol => protocol;

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters { get; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public double FitSeconds => fitSeconds;

    /// <inheritdoc/>
    public ImmutableArray<int> Rank(EvaluationUser user)
    {
        var offline = negotiations.Lay(user);
        var result = negotiations.Of(protocol, user, () => offline).Result;
        return offline.Continue([.. result.Slate.Select(candidate => candidate.Handle)]);
    }
}
