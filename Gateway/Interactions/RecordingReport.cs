namespace AgentRec.Gateway.Interactions;

/// <summary>What became of an array of interactions.</summary>
/// <param name="Accepted">How many are in the log now.</param>
/// <param name="Duplicates">How many were in the log already, the same.</param>
/// <param name="Rejected">Those that are not in the log, by index.</param>
internal sealed record RecordingReport(int Accepted, int Duplicates, IReadOnlyList<RejectedInteraction> Rejected);

/// <summary>An interaction that was rejected.</summary>
/// <param name="Index">Its index in the array.</param>
/// <param name="Reason">Why.</param>
internal sealed record RejectedInteraction(int Index, string Reason);
