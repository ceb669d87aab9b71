using AgentRec.Domain;
using AgentRec.Language.Readings;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>A reading with what a language model added to it.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Missed">Why the model added nothing, where it was asked; null where it answered, or was not asked.</param>
/// <param name="Told">What is worth telling of the call; null where there was none.</param>
internal sealed record AdvisedRequest(RequestReading Reading, Degradation? Missed, object? Told);
