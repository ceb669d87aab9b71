using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Users;

/// <summary>A memory in a few words.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsWorded">True where a language model picked and worded them; false where they are the memory's own sentences.</param>
/// <param name="Degraded">Why they are not the model's; empty where they are, and where there was nothing to tell.</param>
[GenerateSerializer, Immutable, Alias("agentrec.MemorySummary")]
public sealed record MemorySummary([property: Id(0)] string Text, [property: Id(1)] bool IsWorded, [property: Id(2)] ImmutableArray<Degradation> Degraded);

/// <summary>A memory as its user's agent hands it to whoever tells it to the user.</summary>
/// <param name="View">What is remembered.</param>
/// <param name="Sentences">Its sentences, with what of them keeps their meaning.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Recollection")]
public sealed record Recollection([property: Id(0)] MemoryView View, [property: Id(1)] ImmutableArray<MemorySentence> Sentences);
