using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>A sentence of a memory, with what of it keeps its meaning: whoever puts it in other words goes by that.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Kept">What other words must hold, letter by letter: how the sentence is meant, and what it cannot do without.</param>
/// <param name="Parts">Names and figures that other words may leave out, and must not take apart or put together anew.</param>
[GenerateSerializer, Immutable, Alias("agentrec.MemorySentence")]
public sealed record MemorySentence(
    [property: Id(0)] string Text, [property: Id(1)] ImmutableArray<string> Kept, [property: Id(2)] ImmutableArray<string> Parts);
