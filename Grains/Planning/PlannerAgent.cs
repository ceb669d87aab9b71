using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Items;
using AgentRec.Grains.Planning.Advocates;
using AgentRec.Grains.Planning.Questions;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace AgentRec.Grains.Planning;

/// <inheritdoc cref="IPlannerAgent"/>
[GrainType("planner"), PreferLocalPlacement, Reentrant, CollectionAgeLimit(SleepsAfter)]
internal sealed partial class PlannerAgent(
    TenantServing tenant,
    PolicyDirectory policies,
    EvidenceGathering gathering,
    Inquirer inquirer,
    SlateProposers proposers,
    ModelAdvocates advocates,
    ReasonWording wording,
    StandingBids bids,
    IOptions<PlannerOptions> options,
    ILogger<PlannerAgent> logger) : Grain, IPlannerAgent
{
    /// <summary>After what time without a turn a session and its planner sleep.</summary>
    public const string SleepsAfter = "00:02:00";

    /// <summary>Shorter ids cannot be told from words.</summary>
    private const int ShortestName = 4;

    private string Tenant => tenant.Name;

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
            var result = await RunAsync(turn, new PlannerTrace(steps, tenant.Serving), cancellationToken);
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
        var user = GrainFactory.Find<IUserAgent>(GrainKey.User(Tenant, turn.UserId));
        var policyAgent = GrainFactory.Find<IPolicyAgent>(GrainKey.Policy(Tenant, turn.Policy));
        var degraded = ImmutableArray.CreateBuilder<Degradation>();

        var evidence = await gathering.GatherAsync(tenant, SessionId, turn, user, trace, degraded, clock, cancellationToken);
        // Read once, before anyone is asked: what bids went by is what the certificate names.
        var ledger = tenant.Exposures.Current;
        var exploring = Explored(turn, rules, ledger, options.Value.Explored * evidence.Mix.Explored);
        var request = new AdvocacyRequest(
            policy, [.. exploring.Concat(evidence.Candidates).Distinct().Take(CandidateWindow.GreatestSize)], evidence.Matches, turn.Constraints, turn.Seed) { Evidence = turn.Evidence };
        // What is shown where no question pays rests on the same figures.
        var offer = await user.Advocate(request);
        if (turn.MayAsk && await AskAsync(turn, evidence, offer, trace, degraded, cancellationToken) is { } question)
        {
            await user.LetGo(offer.OfferId);
            clock.End("ask");
            return new PlanResult(
                new TurnResult(turn.Turn, turn.TurnId, TurnKind.Question, null, question, null, null, turn.Constraints, [], degraded.ToImmutable(), clock.Read()), null, null);
        }
        var agreed = await NegotiateAsync(turn, new Standing(policy, rules, ledger, exploring, request), offer, user, policyAgent, evidence, trace, degraded, cancellationToken);
        clock.End("negotiate");

        ImmutableArray<Candidate> slate = [.. agreed.Approved.Slate.Select(itemId => agreed.Offer.Candidates.First(candidate => string.Equals(candidate.ItemId, itemId, StringComparison.Ordinal)))];
        ImmutableArray<int> handles = [.. slate.Select(candidate => candidate.Handle)];
        var said = new NegotiationFacts(
            agreed.Parties.OpeningObjections, [.. agreed.Parties.OwnBids.Where(bid => handles.Contains(bid.Handle))], agreed.Table.Exploring)
        {
            Arguments = [.. agreed.Arguments.Where(argument => handles.Contains(argument.Handle))],
        };
        var explanations = await user.Explain(new ExplanationRequest(
                agreed.Offer.OfferId, handles, turn.Constraints, NegotiatedReasons.Of(handles, agreed.Table, said), policy, said))
            ?? throw new AgentUnavailableException("The offer went stale between certificate and explanation; repeat the turn.");
        var worded = await wording.WordAsync(
            new LanguageParty(Tenant, turn.UserId, SessionId), handles, explanations, tenant.Serving.Of(agreed.Offer.ModelVersion).Catalogue, cancellationToken);
        if (worded.Missed is { } unworded)
            degraded.Add(unworded);
        else if (worded.Worded > 0)
            trace.Tell(TurnEventKind.ToolCall, new { tool = ToolNames.Language, worded = worded.Worded, reasons = slate.Length });
        explanations = worded.Explanations;
        tenant.Mixes.Shown(GrainKey.User(Tenant, turn.UserId), evidence.Decision, agreed.Approved.Slate);
        clock.End("explain");

        var negotiation = agreed.Approved.Negotiation;
        if (turn.Request.ExplainPolicy is true)
        {
            var told = await PolicyExplanation.OfAsync(
                agreed.Approved, agreed.Table, agreed.Parties.Bids, TimeSpan.FromMilliseconds(options.Value.ProposerTimeoutMilliseconds), cancellationToken);
            var asked = rules.Rules.Count(rule => rule.Severity is not RuleSeverity.Safety);
            if (told.Length < asked)
                degraded.Add(new Degradation("explainPolicy", $"{told.Length} of {asked} rules were explained in time"));
            negotiation = negotiation with { Counterfactuals = told };
            clock.End("explainPolicy");
        }

        var items = slate.Select((candidate, place) => new SlateItem(
            candidate.ItemId, tenant.Serving.Current.Catalogue.Item(candidate.Handle).Title, place + 1, Math.Round(candidate.Relevance * 20) / 20,
            [.. evidence.Origins(candidate.Handle, agreed.Table.Exploring.Contains(candidate.Handle))], explanations[place]));
        return new PlanResult(
            new TurnResult(
                turn.Turn, turn.TurnId, TurnKind.Slate, new Slate([.. items]), null, agreed.Certified.CertificateId, negotiation,
                turn.Constraints, [], degraded.ToImmutable(), clock.Read()),
            agreed.Certified.Certificate, agreed.Certified.Window);
    }

    /// <summary>Asks in place of showing, where that pays more.</summary>
    private async Task<Question?> AskAsync(
        PlanRequest turn, GatheredEvidence evidence, Offer offer, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded, CancellationToken cancellationToken)
    {
        await tenant.News.CoverAsync(offer.Candidates.Select(candidate => candidate.Handle), cancellationToken);
        // A place that is kept for something new is the policy's wish, and says nothing of what the user may want.
        var likely = evidence.Candidates.ToHashSet();
        var decision = await inquirer.DecideAsync(
            SessionId, turn, [.. offer.Candidates.Where(candidate => likely.Contains(candidate.Handle))], tenant.Serving.Of(offer.ModelVersion).Catalogue, cancellationToken);
        // A rounded figure over the whole window says nothing of any item.
        trace.Tell(TurnEventKind.Plan, new { step = "askOrShow", ask = decision.Question is not null, gain = Math.Round(decision.Gain, 1), asked = turn.Asked.Length });
        if (decision.Question is not null && offer.Unranked is { } reason)
            degraded.Add(new Degradation(ToolNames.Ranking, reason));
        return decision.Question;
    }

    /// <summary>
    /// Asks proposers in turn until the policy agent approves a slate, and once more from the start when the user agent can no
    /// longer recompute its offer.
    /// </summary>
    private async Task<AgreedSlate> NegotiateAsync(
        PlanRequest turn, Standing standing, Offer first, IUserAgent user, IPolicyAgent policyAgent,
        GatheredEvidence evidence, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded, CancellationToken cancellationToken)
    {
        const int attempts = 2;
        var (policy, rules, ledger, exploring, request) = standing;
        var nomination = evidence.Nomination;
        HeardArguments? heard = null;
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            var offer = attempt == 1 ? first : await user.Advocate(request);
            await tenant.News.CoverAsync(offer.Candidates.Select(candidate => candidate.Handle), cancellationToken);
            var table = new NegotiationTable(
                rules, CandidateWindow.Of(offer.Candidates, turn.Seed), turn.Request.SlateSize, tenant.Serving.Of(offer.ModelVersion).Catalogue, nomination.Widenings)
            {
                Targets = offer.Targets,
                Exploring = exploring,
                Tenant = Tenant,
                Wanted = Told(turn),
                Released = ImmutableSortedDictionary<string, string>.Empty.Add("history", nomination.Summary.History).Add("lastActive", nomination.Summary.LastActive),
            };
            heard ??= await HearAsync(turn, table, trace, degraded, cancellationToken);
            var isStale = false;
            foreach (var proposer in proposers.InTurn(turn.Request.Protocol ?? rules.Protocol))
            {
                using var span = AgentActivities.Negotiate(proposer.Protocol);
                var parties = new GrainParties(GrainFactory, Tenant, user, policyAgent, offer, table, nomination.Summary.Segment, bids.Under(Tenant, ledger.Version, tenant.Serving.Current.Catalogue), heard.Arguments, options.Value);
                var outcome = await ProposerRun.AskAsync(
                    proposer, table, parties, trace, TimeSpan.FromMilliseconds(options.Value.ProposerTimeoutMilliseconds), cancellationToken);
                isStale = outcome.IsStale;
                if (isStale)
                    break;
                if (outcome.Claim is not { } claim)
                {
                    GiveUp(proposer, outcome.Failure!);
                    continue;
                }
                var certified = await policyAgent.Certify(new CertifyRequest(
                    SessionId, turn.UserId, turn.Turn, turn.Seed, policy, offer.Candidates, offer.Sequence, offer.ModelVersion,
                    rules.Agency.IsOn || rules.Agency.Exploration.IsOn ? ledger.Version : 0, turn.Request.SlateSize, proposer.Protocol, parties.Absent, claim));
                if (certified.Approved is { } approved)
                {
                    if (offer.Unranked is { } reason)
                        degraded.Add(new Degradation(ToolNames.Ranking, reason));
                    if (parties.Silent > 0)
                        degraded.Add(new Degradation("item-agents", $"{parties.Silent} did not bid in time"));
                    return new AgreedSlate(offer, table, parties, heard.Arguments, certified, approved);
                }
                LogProposalRefused(proposer.Name, string.Join("; ", certified.Findings.Select(finding => $"{finding.Code} at {finding.Path}: {finding.Message}")));
                GiveUp(proposer, $"its slate was refused: {string.Join(", ", certified.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal))}");
            }
            if (!isStale)
                throw new InvalidOperationException("No proposer made a slate that the policy agent approves; the log says why.");
        }
        throw new AgentUnavailableException("The user agent's offer went stale twice; repeat the turn.");

        void GiveUp(ISlateProposer proposer, string reason)
        {
            degraded.Add(new Degradation($"protocol:{proposer.Name}", reason));
            trace.Tell(TurnEventKind.Proposal, new { proposer = proposer.Name, refused = reason });
        }
    }

    /// <summary>Hears advocates, outside the proposers' time: one that is silent costs its own.</summary>
    private async Task<HeardArguments> HearAsync(
        PlanRequest turn, NegotiationTable table, PlannerTrace trace, ImmutableArray<Degradation>.Builder degraded, CancellationToken cancellationToken)
    {
        var heard = await advocates.HearAsync(new LanguageParty(Tenant, turn.UserId, SessionId), table, turn.Request.Message, cancellationToken);
        if (heard.Told is { } told)
            trace.Tell(TurnEventKind.ToolCall, told);
        if (heard.Missed is { } missed)
            degraded.Add(missed);
        return heard;
    }

    /// <summary>New items that the slate may keep a place for; the user agent leaves out those that it must not be shown.</summary>
    private ImmutableArray<int> Explored(PlanRequest turn, RuleSet rules, ExposureSnapshot ledger, int count)
    {
        if (!rules.Agency.Exploration.IsOn)
            return [];
        var catalogue = tenant.Serving.Current.Catalogue;
        var barred = new Eligibility(rules, catalogue).PublicBars();
        Constraint[] hard = [.. turn.Constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard)];
        var untried = catalogue.Untried.Where(handle =>
            !barred[handle]
            && Array.TrueForAll(hard, constraint => constraint.IsMetBy(catalogue.Values(handle, constraint.Facet))));
        return NewItems.Select(ledger, untried, catalogue, rules.Agency.Exploration, count, turn.Seed);
    }

    /// <summary>
    /// The constraints as proposers learn them: without the words that they came from, and without those that name the user or the session,
    /// which is no value of anything.
    /// </summary>
    private ImmutableArray<Constraint> Told(PlanRequest turn) =>
    [
        .. turn.Constraints.Where(one => !one.Values.Any(value => Names(value, turn.UserId) || Names(value, SessionId))).Select(one => one with { Source = null }),
    ];

    /// <summary>True when a text holds an id that is more than a number or a short word.</summary>
    private static bool Names(string text, string id) =>
        id.Length >= ShortestName && !id.All(char.IsAsciiDigit) && text.Contains(id, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a turn's negotiation stands on, however often it begins.</summary>
    private sealed record Standing(PolicyReference Policy, RuleSet Rules, ExposureSnapshot Ledger, ImmutableArray<int> Exploring, AdvocacyRequest Request);

    /// <summary>An approved slate with what it came from.</summary>
    private sealed record AgreedSlate(
        Offer Offer, NegotiationTable Table, GrainParties Parties, ImmutableArray<Argument> Arguments, CertifyOutcome Certified, ApprovedResult Approved);
}
