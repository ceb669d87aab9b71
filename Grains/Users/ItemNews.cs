using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>
/// What item agents are told of an event in a user's log. It follows from the log alone, so that it can be taken back when the user
/// is erased.
/// </summary>
internal static class ItemNews
{
    /// <summary>What an event tells.</summary>
    /// <param name="memory">The memory just after the event was folded in.</param>
    /// <param name="logged">The event.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <returns>One entry for each item that hears of it.</returns>
    public static ImmutableArray<SegmentExposure> Of(UserMemory memory, LoggedEvent logged, Catalogue catalogue)
    {
        switch (logged.Event)
        {
            case TurnTaken { Turn.Result.Slate: { } slate }:
                var segment = AudienceSegment.Of(memory);
                return [.. slate.Items.Select(item => new SegmentExposure(item.ItemId, segment, ExposureCounts.Shown))];
            // Reception is judged by what was shown; the rest is none of the item agent's doing.
            case InteractionRecorded { Interaction: { Type: not InteractionType.View } interaction }
                when catalogue.TryHandle(interaction.ItemId, out var handle)
                && memory.ShownSince(handle, logged.At.Subtract(UserMemory.ExposureHorizon).ToUnixTimeMilliseconds()) > 0:
                return [new SegmentExposure(interaction.ItemId, AudienceSegment.Of(memory), interaction.IsPositive ? ExposureCounts.Received : ExposureCounts.Rejected)];
            default:
                return [];
        }
    }
}
