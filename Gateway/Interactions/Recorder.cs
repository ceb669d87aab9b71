using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Grains.Abstractions.Users;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Interactions;

/// <summary>Hands interactions to their users' agents, several users at a time, each user's in the order of the array.</summary>
/// <param name="agents">The cluster.</param>
/// <param name="repetition">Repeats unanswered calls: interactions carry ids, so it is harmless.</param>
/// <param name="options">How many users at a time.</param>
internal sealed class Recorder(Agents agents, Repetition repetition, IOptions<GatewayOptions> options)
{
    /// <summary>How many interactions one call carries: enough to share a commit, few enough to answer soon.</summary>
    private const int Portion = 500;

    /// <summary>Records an array.</summary>
    /// <param name="elements">Interactions, and what was rejected on reading.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    public async Task<RecordingReport> Record(IReadOnlyList<InteractionElement> elements, CancellationToken cancellationToken)
    {
        var verdicts = new RecordVerdict[elements.Count];
        for (var i = 0; i < verdicts.Length; i++)
            verdicts[i] = new(RecordStatus.Rejected, elements[i].Problem);
        var portions = Enumerable.Range(0, elements.Count)
            .Where(index => elements[index].Interaction is not null)
            .GroupBy(index => elements[index].Interaction!.UserId, StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            portions,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.RecordParallelism, CancellationToken = cancellationToken },
            async (indexes, cancellation) =>
            {
                foreach (var portion in indexes.Chunk(Portion))
                {
                    var answers = await Record(indexes.Key, [.. portion.Select(index => elements[index].Interaction!)], cancellation);
                    for (var i = 0; i < portion.Length; i++)
                        verdicts[portion[i]] = answers[i];
                }
            });
        return new(
            verdicts.Count(verdict => verdict.Status is RecordStatus.Accepted),
            verdicts.Count(verdict => verdict.Status is RecordStatus.Duplicate),
            [.. verdicts.Index().Where(entry => entry.Item.Status is RecordStatus.Rejected)
                .Select(entry => new RejectedInteraction(entry.Index, entry.Item.Reason ?? "was rejected"))]);
    }

    /// <summary>Records interactions of one user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="interactions">The interactions.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ImmutableArray<RecordVerdict>> Record(string userId, ImmutableArray<Interaction> interactions, CancellationToken cancellationToken) =>
        repetition.Repeat(() => agents.User(userId).Record(interactions), cancellationToken);
}
