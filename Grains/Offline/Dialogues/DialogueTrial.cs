using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Serving;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Evaluation.Dialogues;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Offline.Dialogues;

/// <summary>
/// Talks to simulated users, each of whom has one item in mind. In every turn the session's own functions ask or show; what is passed
/// over counts as evidence, for a session that never asks too, so that it shows what comes next.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="terms">The terms of the questions; each dialogue sets the strategy.</param>
/// <param name="turns">How many turns a dialogue has at most.</param>
/// <param name="seed">The seed of everything random.</param>
public sealed class DialogueTrial(RecommenderModel model, AskTerms terms, int turns, ulong seed)
{
    private const int SlateSize = OfflineNegotiations.SlateSize;

    private readonly OfflineTurn _turn = new(model, RuleSet.None, seed);

    /// <summary>Who replies: by the target, the noise and the seed of a user.</summary>
    public Func<int, double, ulong, ISimulatedReply> Replies { get; init; } = (target, noise, own) => new SimulatedReply(model.Catalogue, target, noise, own);

    /// <summary>The item that a user has in mind: one of the held-out ones, by a seeded draw.</summary>
    /// <param name="user">The user.</param>
    public int Target(EvaluationUser user) => user.Targets[(int)(StableHash.Of(StableHash.Of(seed, "target"), user.UserId) % (ulong)user.Targets.Length)];

    /// <summary>Prepares to talk to a user any number of times.</summary>
    /// <param name="user">The user.</param>
    public UserDialogues With(EvaluationUser user) => new(this, user);

    /// <summary>The dialogues of one user, who is scored once.</summary>
    public sealed class UserDialogues
    {
        private readonly DialogueTrial _trial;
        private readonly EvaluationUser _user;
        private readonly UserMemory _memory;
        private readonly RankedScores _scores;
        private readonly int _target;
        private readonly ulong _seed;

        internal UserDialogues(DialogueTrial trial, EvaluationUser user)
        {
            (_trial, _user, _target) = (trial, user, trial.Target(user));
            _seed = StableHash.Of(trial.Seed, user.UserId);
            _memory = UserMemory.Restore(MemorySnapshot.Empty with { Consumed = user.Excluded });
            _scores = RankedScores.Of(trial.Model.Score(user.History), user.History);
        }

        /// <summary>Talks.</summary>
        /// <param name="strategy">How questions are chosen.</param>
        /// <param name="noise">The probability of an answer at random.</param>
        public DialogueOutcome Play(AskStrategy strategy, double noise)
        {
            var catalogue = _trial.Model.Catalogue;
            var reply = _trial.Replies(_target, noise, StableHash.Of(_seed, "replies"));
            var inquiry = new Inquiry(catalogue, _trial.Terms with { Strategy = strategy });
            var (asked, evidence, leaks) = (ImmutableArray<Question>.Empty, SessionEvidence.None, 0);
            for (var turn = 1; turn <= _trial.Turns; turn++)
            {
                var window = Window(evidence);
                // There is nothing to ask for in the last turn: the answer could no longer be of use.
                var decision = turn == _trial.Turns
                    ? AskDecision.Show
                    : inquiry.Decide(window, Belief.PriorStrength + evidence.Answers.Length, SlateSize, asked, StableHash.Of(_seed, (ulong)turn));
                if (decision.Question is { } chosen)
                {
                    var question = chosen with { Id = turn.ToString(CultureInfo.InvariantCulture) };
                    asked = asked.Add(question);
                    var said = reply.To(question, turn);
                    leaks += LeakCheck.IsLeak(said, catalogue.Item(_target)) ? 1 : 0;
                    if (question.OptionOf(said) is var option && !question.Meaning(option).IsEmpty)
                        evidence = evidence with { Answers = evidence.Answers.Add(new AnswerGiven(question, option)) };
                    continue;
                }
                int[] slate = [.. window.Take(SlateSize).Select(item => item.Handle)];
                if (Array.IndexOf(slate, _target) is >= 0 and var place)
                    return new DialogueOutcome(turn, place + 1, asked.Length, leaks);
                evidence = evidence with { Shown = evidence.Shown.AddRange(slate.Select(item => catalogue.Item(item).ItemId)) };
            }
            return new DialogueOutcome(0, 0, asked.Length, leaks);
        }

        private ImmutableArray<WeightedItem> Window(SessionEvidence evidence) =>
        [
            .. _trial.Turn.Lay(_scores, _user.History, _memory, SlateSize, evidence, _trial.Terms.Noise, DateTimeOffset.UnixEpoch).Table.Window.Candidates
                .OrderByDescending(candidate => candidate.Utility)
                .Select(candidate => new WeightedItem(candidate.Handle, candidate.Utility)),
        ];
    }

    private RecommenderModel Model => model;

    private AskTerms Terms => terms;

    private int Turns => turns;

    private ulong Seed => seed;

    private OfflineTurn Turn => _turn;
}
