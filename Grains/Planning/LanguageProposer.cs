using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Tools;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>
/// A language model as a proposer of slates. It picks; rules, user agent and policy agent decide, as for any proposer. Where it has
/// nothing to say the default protocol takes its place.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tools">Through which every tool is asked.</param>
internal sealed class LanguageProposer(ILanguageModel model, ToolPipelines tools) : ISlateProposer
{
    /// <summary>How many candidates are described to the model at once; the others it may look up.</summary>
    private const int Offered = 40;

    /// <inheritdoc/>
    public string Name => ToolNames.Language;

    /// <inheritdoc/>
    public string Protocol => RepairProtocol.ProtocolName;

    /// <inheritdoc/>
    public async Task<SlateClaim?> ProposeAsync(NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken)
    {
        ImmutableArray<Candidate> offered = [.. table.Window.Candidates.OrderByDescending(candidate => candidate.Utility).ThenBy(candidate => candidate.ItemId, StringComparer.Ordinal)];
        var picks = offered.IsEmpty ? [] : await PickAsync(table, offered, cancellationToken);
        var result = await new PicksProtocol(picks).NegotiateAsync(table, parties, observer, cancellationToken);
        return result.IsStale ? null : result.Claim();
    }

    private async Task<ImmutableArray<string>> PickAsync(NegotiationTable table, ImmutableArray<Candidate> offered, CancellationToken cancellationToken)
    {
        var lookup = new CandidateLookup([.. offered.Select(candidate => candidate.Handle)], table.Facets);
        var task = new ProposalTask(
            new LanguageParty(table.Tenant, "", ""),
            [.. Enumerable.Range(0, Math.Min(Offered, lookup.Count)).Select(lookup.Describe)],
            Math.Min(table.SlateSize, offered.Length), [.. table.Wanted.Where(one => !string.Equals(one.Facet, FacetNames.Item, StringComparison.Ordinal))],
            [.. table.Rules.Rules.Select(rule => rule.Sentence).OfType<string>()])
        {
            Lookup = lookup,
            Released = table.Released,
        };
        var answer = await tools.RunAsync(ToolNames.Language, TimeSpan.MaxValue, async token => await model.ProposeAsync(task, token), cancellationToken);
        if (answer.Value?.Value is not { } slate)
            throw new ProposalException(answer.Reason ?? answer.Value?.Reason ?? DropReasons.Failed);
        return [.. slate.Picks.Select(place => offered[place].ItemId)];
    }
}
