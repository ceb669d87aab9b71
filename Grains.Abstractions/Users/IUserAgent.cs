using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using Orleans.Concurrency;

namespace AgentRec.Grains.Abstractions.Users;

/// <summary>
/// Speaks for one user and keeps that user's memory, which never leaves it: others see offers. It is the only online writer
/// of the user's log. Key: <see cref="Keys.GrainKey.User"/>.
/// </summary>
[Alias("agentrec.IUserAgent")]
public interface IUserAgent : IGrainWithStringKey
{
    /// <summary>Names candidates from the scorers that need the user's history, filtered by what may not be shown to this user.</summary>
    /// <param name="need">How many, under which rules and constraints.</param>
    [Alias("Nominate")]
    Task<Nomination> Nominate(NominationNeed need);

    /// <summary>Puts figures to a window and pins them under an offer id.</summary>
    /// <param name="window">The candidates, and what the turn asks.</param>
    /// <returns>The pinned offer; candidates that may not be shown to this user are left out.</returns>
    [Alias("Advocate")]
    Task<Offer> Advocate(AdvocacyRequest window);

    /// <summary>Accepts or refuses a slate, by the figures pinned under the offer, never by those of the caller.</summary>
    /// <param name="proposal">The slate and the round.</param>
    [Alias("Respond")]
    Task<Response> Respond(OfferProposal proposal);

    /// <summary>Names the slate that the user would rather have, from the pinned offer.</summary>
    /// <param name="request">The call.</param>
    /// <exception cref="InvalidOperationException">The offer is stale.</exception>
    [Alias("Rank")]
    Task<RankedOffer> Rank(RankRequest request);

    /// <summary>Gives reasons that this user may see for each item of a slate, and lets go of the offer: this ends a turn's negotiation.</summary>
    /// <param name="request">The slate and what the negotiation contributed.</param>
    /// <returns>One explanation for each item, in order; null when the offer is no longer pinned.</returns>
    [Alias("Explain")]
    Task<ImmutableArray<Explanation>?> Explain(ExplanationRequest request);

    /// <summary>Lets go of an offer that no slate will rest on: the turn asked in place of showing.</summary>
    /// <param name="offerId">The offer; one that is not pinned is nothing to let go of.</param>
    [Alias("LetGo"), OneWay]
    Task LetGo(string offerId);

    /// <summary>Records interactions, durably, each id once.</summary>
    /// <param name="interactions">Interactions of this user.</param>
    /// <returns>One verdict for each, in order.</returns>
    [Alias("Record"), AnyRoute]
    Task<ImmutableArray<RecordVerdict>> Record(ImmutableArray<Interaction> interactions);

    /// <summary>Records that a session was opened or closed, durably.</summary>
    /// <param name="sessionEvent">A <see cref="SessionOpened"/> or <see cref="SessionClosed"/>.</param>
    /// <returns>When it was recorded; null when a session of this id exists already.</returns>
    [Alias("RecordSession")]
    Task<DateTimeOffset?> RecordSession(UserEvent sessionEvent);

    /// <summary>Records a finished turn with its certificate and window, in one transaction; then tells the item agents that were shown.</summary>
    /// <param name="turn">The turn.</param>
    /// <returns>When it was recorded; null when such a turn is in the log already.</returns>
    [Alias("RecordTurn")]
    Task<DateTimeOffset?> RecordTurn(TurnCommit turn);

    /// <summary>What is remembered, for this user's eyes.</summary>
    [Alias("DescribeMemory"), AnyRoute]
    Task<MemoryView> DescribeMemory();

    /// <summary>What is remembered, for whoever tells it to this user.</summary>
    [Alias("Recollect")]
    Task<Recollection> Recollect();

    /// <summary>Reads what is held of the user, as it stands in the log, a page at a time.</summary>
    /// <param name="after">Events with a greater sequence are read; 0 reads from the start.</param>
    [Alias("Export"), AnyRoute]
    Task<ExportPage> Export(long after);

    /// <summary>Records stated preferences, durably; they come before everything inferred.</summary>
    /// <param name="corrections">At least one.</param>
    /// <returns>The memory after the corrections.</returns>
    [Alias("Correct"), AnyRoute]
    Task<MemoryView> Correct(ImmutableArray<Correction> corrections);

    /// <summary>Records the preferences that a text states, durably; nothing where none can be read.</summary>
    /// <param name="text">Plain words. They are read and not kept.</param>
    /// <returns>The memory after it, with what was not understood; null when nothing was.</returns>
    [Alias("CorrectInWords"), AnyRoute]
    Task<MemoryView?> CorrectInWords(string text);

    /// <summary>Forgets everything remembered so far, durably.</summary>
    [Alias("Forget"), AnyRoute]
    Task Forget();

    /// <summary>Deletes the user's log and memory, durably, and leaves a tombstone. The agent's part of an erasure (<see cref="Erasure.IErasureGrain"/>).</summary>
    [Alias("Erase"), ResponseTimeout("00:01:00")]
    Task<UserRemoval> Erase();
}

/// <summary>What a user agent let go of.</summary>
/// <param name="At">When.</param>
/// <param name="Events">Events of the log.</param>
/// <param name="Interactions">Interactions among them.</param>
/// <param name="Sessions">Sessions.</param>
/// <param name="Turns">Turns.</param>
/// <param name="Showings">Records of an item shown.</param>
/// <param name="Certificates">Certificates.</param>
/// <param name="Windows">Candidate windows.</param>
/// <param name="Evidence">Entries that item agents take back, by item and segment.</param>
[GenerateSerializer, Immutable, Alias("agentrec.UserRemoval")]
public sealed record UserRemoval(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] long Events,
    [property: Id(2)] long Interactions,
    [property: Id(3)] long Sessions,
    [property: Id(4)] long Turns,
    [property: Id(5)] long Showings,
    [property: Id(6)] long Certificates,
    [property: Id(7)] long Windows,
    [property: Id(8)] long Evidence);

/// <summary>A part of what is held of a user.</summary>
/// <param name="Events">The events in order, each as JSON; turns with their certificate, and with their window while it is kept.</param>
/// <param name="Next">The sequence to read on from; null when this was the last part.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ExportPage")]
public sealed record ExportPage([property: Id(0)] ImmutableArray<string> Events, [property: Id(1)] long? Next);

/// <summary>What became of an interaction.</summary>
public enum RecordStatus
{
    /// <summary>It is in the log now.</summary>
    Accepted,

    /// <summary>It was in the log already, the same.</summary>
    Duplicate,

    /// <summary>It is not in the log.</summary>
    Rejected,
}

/// <summary>The verdict on one interaction.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it was rejected.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RecordVerdict")]
public sealed record RecordVerdict([property: Id(0)] RecordStatus Status, [property: Id(1)] string? Reason);

/// <summary>A finished turn with what it leaves behind.</summary>
/// <param name="Record">The turn.</param>
/// <param name="CertificateId">The certificate's id; null for a turn that asked a question.</param>
/// <param name="Certificate">The certificate in canonical JSON.</param>
/// <param name="Window">The window as JSON.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnCommit")]
public sealed record TurnCommit(
    [property: Id(0)] TurnRecord Record,
    [property: Id(1)] string? CertificateId,
    [property: Id(2)] string? Certificate,
    [property: Id(3)] string? Window);
