using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Items;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Serving;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Windows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace AgentRec.Grains.Planning;

/// <inheritdoc cref="IPlannerAgent"/>
[GrainType("planner"), PreferLocalPlacement, Reentrant]
internal sealed partial class PlannerAgent(
    ServingHost serving,
    PolicyDirectory policies,
    IItemSearch search,
    SiloExposures exposures,
    IOptions<PlannerOptions> options,
    ILogger<PlannerAgent> logger) : Grain, IPlannerAgent
{
    private string Tenant => GrainKey.Parse(this.GetPrimaryKeyString()).Tenant;

    private string SessionId => GrainKey.Parse(this.GetPrimaryKeyString()).Id;

    public async IAsyncEnumerable<PlanStep> Plan(PlanRequest turn, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The work writes its steps as they happen; a caller that leaves ends the work too.
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var steps = Channel.CreateUnbounded<PlanStep>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var work = RunAsync(turn, steps.Writer, abandoned.Token);
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(abandoned.Token))
                yield return step;
            await work;
        }
        finally
        {
            await abandoned.CancelAsync();
        }
    }

    private async Task RunAsync(PlanRequest turn, ChannelWriter<PlanStep> steps, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunAsync(turn, new PlannerTrace(steps, serving.Current.Catalogue), cancellationToken);
            steps.TryWrite(new PlanStep(TurnEventKind.Slate, "", result));
            steps.TryComplete();
        }
        catch (Exception exception)
        {
            steps.TryComplete(exception);
        }
    }

    private async Task<PlanResult> RunAsync(PlanRequest turn, PlannerTrace trace, CancellationToken cancellationToken)
    {
        var clock = new StageClock();
        var policy = new PolicyReference(turn.Policy, turn.PolicyVersion);
        var rules = await policies.RequireAsync(Tenant, policy, cancellationToken);
        var user = GrainFactory.GetGrain<IUserAgent>(GrainKey.User(Tenant, turn.UserId));
        var policyAgent = GrainFactory.GetGrain<IPolicyAgent>(GrainKey.Policy(Tenant, turn.Policy));
        var degraded = ImmutableArray.CreateBuilder<Degradation>();

        var nomination = await user.Nominate(new NominationNeed(policy, turn.Request.SlateSize, options.Value.WindowSize, turn.Constraints, turn.Seed));
        var route = Routing.Decide(nomination.Summary.History, turn.Request.Message is not null);
        trace.Tell(TurnEventKind.Plan, new
        {
            route.Tools, route.Reason, policy = turn.Policy, policyVersion = turn.PolicyVersion, slateSize = turn.Request.SlateSize,
            nomination.Summary.History, nomination.Summary.LastActive,
        });
        trace.Tell(TurnEventKind.Nomination, new { step = "nominated", candidates = nomination.Candidates.Length, nomination.Eligible });
        clock.End("nominate");

        var matches = route.Tools.Contains(Routing.Vectors, StringComparer.Ordinal)
            ? await SearchAsync(turn, trace, degraded, cancellationToken)
            : [];
        clock.End("retrieve");

        // Read once, before anyone is asked: what bids went by is what the certificate names.
        var ledgerVersion = exposures.Current.Version;
        var (offer, result, silent) = await NegotiateAsync(turn, policy, rules, user, policyAgent, nomination, matches, ledgerVersion, trace, cancellationToken);
        if (silent > 0)
            degraded.Add(new Degradation("item-agents", $"{silent} did not bid in time"));
        clock.End("negotiate");

        var certified = await policyAgent.Certify(new CertifyRequest(
            SessionId, turn.UserId, turn.Turn, turn.Seed, policy, offer.Candidates, offer.Sequence, offer.ModelVersion,
            rules.Agency.IsOn ? ledgerVersion : 0, result.Claim()));
        if (certified.Certificate is null)
            throw new InvalidOperationException($"The policy agent refused the slate: {string.Join("; ", certified.Findings.Select(finding => $"{finding.Code} at {finding.Path}: {finding.Message}"))}");
        clock.End("certify");

        ImmutableArray<int> slate = [.. result.Slate.Select(candidate => candidate.Handle)];
        var explanations = await user.Explain(new ExplanationRequest(offer.OfferId, slate, turn.Constraints, Reasons(slate, result, trace)))
            ?? throw new InvalidOperationException("The offer went stale between certificate and explanation; repeat the turn.");
        clock.End("explain");

        var found = matches.Select(match => match.Handle).ToHashSet();
        var nominated = nomination.Candidates.ToHashSet();
        var items = result.Slate.Select((candidate, place) => new SlateItem(
            candidate.ItemId, serving.Current.Catalogue.Item(candidate.Handle).Title, place + 1, Math.Round(candidate.Relevance * 20) / 20,
            Origins(candidate.Handle), explanations[place]));
        return new PlanResult(
            new TurnResult(
                turn.Turn, turn.TurnId, TurnKind.Slate, new Slate([.. items]), null, certified.CertificateId, result.Summary(),
                turn.Constraints, [], degraded.ToImmutable(), clock.Read()),
            certified.Certificate, certified.Window);

        ImmutableArray<string> Origins(int handle) =>
            [.. route.Tools.Where(tool => string.Equals(tool, Routing.Vectors, StringComparison.Ordinal) ? found.Contains(handle) : nominated.Contains(handle))];
    }

    private async Task<ImmutableArray<Match>> SearchAsync(
        PlanRequest turn, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded, CancellationToken cancellationToken)
    {
        try
        {
            var hits = await search
                .SearchAsync(Tenant, turn.Request.Message!, turn.Constraints, options.Value.RetrievedByWords, cancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromMilliseconds(options.Value.ToolTimeoutMilliseconds), cancellationToken);
            trace.Tell(TurnEventKind.ToolCall, new { tool = search.Name, hits = hits.Length });
            return hits;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogToolFailed(exception, search.Name);
            var reason = exception is TimeoutException ? "took too long" : "failed";
            degraded.Add(new Degradation(search.Name, reason));
            trace.Tell(TurnEventKind.ToolCall, new { tool = search.Name, degraded = reason });
            return [];
        }
    }

    /// <summary>Negotiates, and once more from the start when the user agent can no longer recompute its offer.</summary>
    private async Task<(Offer Offer, NegotiationResult Result, int Silent)> NegotiateAsync(
        PlanRequest turn, PolicyReference policy, RuleSet rules, IUserAgent user, IPolicyAgent policyAgent, Nomination nomination,
        ImmutableArray<Match> matches, long ledgerVersion, PlannerTrace trace, CancellationToken cancellationToken)
    {
        const int attempts = 2;
        ImmutableArray<int> window = [.. matches.Select(match => match.Handle).Concat(nomination.Candidates).Distinct().Take(CandidateWindow.GreatestSize)];
        for (var attempt = 1; ; attempt++)
        {
            var offer = await user.Advocate(new AdvocacyRequest(policy, window, matches, turn.Constraints, turn.Seed));
            var facets = serving.Current.Catalogue;
            var parties = new GrainParties(
                GrainFactory, Tenant, user, policyAgent, policy, offer, facets, nomination.Summary.Segment, ledgerVersion, turn.Request.SlateSize,
                TimeSpan.FromMilliseconds(options.Value.BidTimeoutMilliseconds));
            var table = new NegotiationTable(rules, CandidateWindow.Of(offer.Candidates, turn.Seed), turn.Request.SlateSize, facets, nomination.Widenings);
            var result = await Protocols.NegotiateAsync(turn.Request.Protocol ?? rules.Protocol, table, parties, trace, cancellationToken);
            if (!result.IsStale)
                return (offer, result, parties.Silent);
            if (attempt == attempts)
                throw new InvalidOperationException("The user agent's offer went stale twice; repeat the turn.");
        }
    }

    /// <summary>What the negotiation contributed to the items that the opening lacks: the rule that asked for them, or their bid.</summary>
    private static ImmutableDictionary<int, ImmutableArray<Evidence>> Reasons(ImmutableArray<int> slate, NegotiationResult result, PlannerTrace trace)
    {
        var reasons = ImmutableDictionary.CreateBuilder<int, ImmutableArray<Evidence>>();
        foreach (var item in slate.Where(item => !trace.Opening.Contains(item)))
        {
            var asked = trace.OpeningObjections
                .Where(objection => objection.Changes.Any(change => change is Replace replace && replace.In == item))
                .OrderBy(objection => objection.Reading.Rule.Severity is RuleSeverity.Soft)
                .Select(objection => objection.Reading.Rule)
                .Select(rule => new Evidence(EvidenceKind.Rule, null, rule.Facet, rule.Id, rule.Sentence ?? $"The rule {rule.Id} asks for it."));
            var bids = result.Bids
                .Where(bid => bid.Handle == item)
                .Select(bid => new Evidence(EvidenceKind.Bid, null, null, null, bid.Reason));
            reasons[item] = [.. asked, .. bids];
        }
        return reasons.ToImmutable();
    }
}
