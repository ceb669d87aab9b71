using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Storage.Log;

/// <summary>One caller's append, checked and made into rows on the caller's time, so that a writer only writes.</summary>
internal sealed class Append
{
    private Append(string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive)
    {
        (Tenant, UserId, Archive) = (tenant, userId, archive);
        Rows = [.. events.Select(EventRow.Of)];
        Window = archive is null ? [] : Compressed.Pack(archive.Window);
    }

    /// <summary>The tenant.</summary>
    public string Tenant { get; }

    /// <summary>The user.</summary>
    public string UserId { get; }

    /// <summary>The events; at least one.</summary>
    public EventRow[] Rows { get; }

    /// <summary>What a turn among them leaves behind; null for none.</summary>
    public TurnArchive? Archive { get; }

    /// <summary>The archive's window, compressed.</summary>
    public byte[] Window { get; }

    /// <summary>True when the sequences of the events follow each other: otherwise they fit no log.</summary>
    public bool IsConsecutive
    {
        get
        {
            for (var i = 1; i < Rows.Length; i++)
            {
                if (Rows[i].Sequence != Rows[i - 1].Sequence + 1)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Makes an append ready.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="events">The events; at least one.</param>
    /// <param name="archive">What a turn among them leaves behind.</param>
    /// <exception cref="ArgumentException">There is no event, or an interaction belongs to another user.</exception>
    public static Append Of(string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive)
    {
        if (events.Count == 0)
            throw new ArgumentException($"An append to the log of user '{userId}' holds no event.", nameof(events));
        foreach (var happened in events)
        {
            if (happened.Event is InteractionRecorded { Interaction: var interaction } && !string.Equals(interaction.UserId, userId, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"The interaction '{interaction.InteractionId}' of user '{interaction.UserId}' cannot be appended to the log of user '{userId}'.", nameof(events));
            }
        }
        return new Append(tenant, userId, events, archive);
    }
}
