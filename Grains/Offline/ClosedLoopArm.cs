using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Training;

namespace AgentRec.Grains.Offline;

/// <summary>One world of a closed loop: its own users, model and exposure ledger, with item agency on or off.</summary>
internal sealed class ClosedLoopArm
{
    private readonly RuleSet _rules;
    private readonly INegotiationProtocol _protocol;
    private readonly ClosedLoopTerms _terms;
    private readonly TrainingData _others;
    private readonly SimulatedUser[] _users;
    private readonly ParallelOptions _workers;
    private readonly bool _withAgency;
    private RecommenderModel _model;
    private ExposureLedger _ledger = ExposureLedger.Empty;

    /// <summary>A world at the start.</summary>
    /// <param name="split">The users.</param>
    /// <param name="model">The model, trained on what is known of them.</param>
    /// <param name="taste">What they truly like.</param>
    /// <param name="rules">The policy.</param>
    /// <param name="withAgency">True when item agents bid.</param>
    /// <param name="terms">How the loop runs.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public ClosedLoopArm(
        EvaluationSplit split, RecommenderModel model, HiddenTaste taste, RuleSet rules, bool withAgency, ClosedLoopTerms terms, ParallelOptions workers)
    {
        (_model, _rules, _withAgency, _terms, _workers) = (model, rules, withAgency, terms, workers);
        _protocol = NegotiationProtocols.Find(rules.Protocol) ?? throw new ArgumentException($"There is no protocol '{rules.Protocol}'.", nameof(rules));
        _users = [.. split.Test.Select((user, i) => new SimulatedUser(user, item => taste.Of(i, item), model.Catalogue, terms.Seed))];
        var tested = split.Test.Select(user => user.History).ToHashSet<UserHistory>(ReferenceEqualityComparer.Instance);
        _others = new TrainingData(split.Catalogue.Count, split.Data.Users.Where(history => !tested.Contains(history)));
        Start = DateTimeOffset.FromUnixTimeMilliseconds(split.Data.LastTime);
    }

    private DateTimeOffset Start { get; }

    /// <summary>Plays a period: everyone is shown a slate, then models and ledger learn what came of it.</summary>
    /// <param name="period">The period, from 1; a period is a day.</param>
    /// <returns>What each user was shown, in the order of the users.</returns>
    public ImmutableArray<SlateShown> Play(int period)
    {
        var now = Start.AddDays(period);
        // Everyone's bids read the ledger of the period's start.
        var snapshot = _ledger.Snapshot;
        var turn = new OfflineTurn(_model, _rules, _terms.Seed, _withAgency);
        var shown = new SlateShown[_users.Length];
        var counted = new ImmutableArray<SegmentExposure>[_users.Length];
        Parallel.For(0, _users.Length, _workers, i =>
        {
            var (user, segment, wanted) = (_users[i], _users[i].Segment, _users[i].Wanted);
            var table = user.Sit(turn, OfflineNegotiations.SlateSize, now).Table;
            var result = OfflineTurn.Negotiate(_protocol, table, item => snapshot.Evidence(
                _model.Catalogue.Item(item).ItemId, segment, period - 1, _model.Catalogue.Count));
            ImmutableArray<int> slate = [.. result.Slate.Select(candidate => candidate.Handle)];
            var consumed = user.Read(slate, period, now);
            shown[i] = new SlateShown(slate, wanted, consumed.Length);
            counted[i] =
            [
                .. slate.Select(item => Count(item, segment, ExposureCounts.Shown)),
                .. consumed.Select(item => Count(item, segment, ExposureCounts.Received)),
            ];
        });
        _ledger = _ledger.Merge(new ExposureDelta("closed-loop", period, [.. counted.SelectMany(entries => entries)]));
        if (period % ClosedLoopTerms.RefitEvery == 0 && period < _terms.Periods)
            Refit();
        return [.. shown];
    }

    private SegmentExposure Count(int item, int segment, ExposureCounts counts) => new(_model.Catalogue.Item(item).ItemId, segment, counts);

    private void Refit() => _model = ModelRefit.Fit(
        _model,
        new TrainingData(_model.Catalogue.Count, _others.Users.Concat(_users.Select(user => user.History))),
        new TrainingOptions { Seed = _terms.Seed, Threads = _terms.Threads },
        _workers.CancellationToken);
}
