using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Recommenders.Dialogue;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>
/// Asks about small pools of items, of which one is wanted, without knowing anything of the user: what the questions alone are worth.
/// The pool is the target and items of the catalogue drawn at random; every turn asks, and then the pool is ranked by belief.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="terms">The terms; cost and limit play no part here.</param>
/// <param name="seed">The seed of everything random.</param>
public sealed class PoolTrial(Catalogue catalogue, AskTerms terms, ulong seed)
{
    /// <summary>How many items a pool has.</summary>
    public const int Size = 100;

    /// <summary>How many questions are asked.</summary>
    public const int Questions = 3;

    /// <summary>Who replies: by the target, the noise and the seed of a user.</summary>
    public Func<int, double, ulong, ISimulatedReply> Replies { get; init; } = (target, noise, own) => new SimulatedReply(catalogue, target, noise, own);

    private static readonly UserMemory Nobody = UserMemory.Restore(MemorySnapshot.Empty);

    /// <summary>Asks.</summary>
    /// <param name="user">The user: names the pool, and keeps out of it what is known.</param>
    /// <param name="target">The item that is wanted.</param>
    /// <param name="strategy">How questions are chosen.</param>
    /// <param name="noise">The probability of an answer at random.</param>
    public DialogueOutcome Play(EvaluationUser user, int target, AskStrategy strategy, double noise)
    {
        var own = StableHash.Of(seed, user.UserId);
        var pool = Pool(user, target, own);
        var reply = Replies(target, noise, StableHash.Of(own, "pool replies"));
        var inquiry = new Inquiry(catalogue, terms with { Strategy = strategy });
        var (asked, answers, leaks) = (ImmutableArray<Question>.Empty, ImmutableArray<AnswerGiven>.Empty, 0);
        for (var turn = 1; turn <= Questions; turn++)
        {
            var random = new Random((int)(StableHash.Of(own, (ulong)turn) >> 33));
            if (inquiry.Choose(Weighed(pool, answers, own), Belief.PriorStrength + answers.Length, asked, random) is not { } chosen)
                break;
            var question = chosen with { Id = turn.ToString(CultureInfo.InvariantCulture) };
            asked = asked.Add(question);
            var said = reply.To(question, turn);
            leaks += LeakCheck.IsLeak(said, catalogue.Item(target)) ? 1 : 0;
            answers = answers.Add(new AnswerGiven(question, question.OptionOf(said)));
        }
        var ranked = Weighed(pool, answers, own);
        return new DialogueOutcome(0, 1 + ranked.TakeWhile(item => item.Handle != target).Count(), asked.Length, leaks);
    }

    private int[] Pool(EvaluationUser user, int target, ulong own)
    {
        var pool = new HashSet<int> { target };
        HashSet<int> known = [.. user.Excluded, .. user.Targets];
        for (var draw = 0ul; pool.Count < Math.Min(Size, catalogue.Count - known.Count + 1); draw++)
        {
            var item = (int)(StableHash.Of(StableHash.Of(own, "pool"), draw) % (ulong)catalogue.Count);
            if (!known.Contains(item))
                pool.Add(item);
        }
        return [.. pool];
    }

    private ImmutableArray<WeightedItem> Weighed(int[] pool, ImmutableArray<AnswerGiven> answers, ulong own)
    {
        var beliefs = new ItemBeliefs(new SessionEvidence(answers, []), catalogue, Nobody, terms.Noise);
        return
        [
            .. pool.Select(item => new WeightedItem(item, beliefs.Said(item, 1.0 / pool.Length).Mean))
                .OrderByDescending(item => item.Weight).ThenBy(item => StableHash.Of(own, (ulong)item.Handle)),
        ];
    }
}
