using System.Collections.Immutable;

namespace AgentRec.Negotiation.Certificates;

/// <summary>A JSON value of the kinds that are signed: texts, whole numbers, arrays and objects.</summary>
internal abstract record CanonicalValue;

internal sealed record CanonicalString(string Text) : CanonicalValue;

internal sealed record CanonicalInteger(long Number) : CanonicalValue;

internal sealed record CanonicalArray(ImmutableArray<CanonicalValue> Items) : CanonicalValue;

/// <summary>Members in any order; they are written by the UTF-16 units of their names.</summary>
internal sealed record CanonicalObject(ImmutableArray<KeyValuePair<string, CanonicalValue>> Members) : CanonicalValue;
