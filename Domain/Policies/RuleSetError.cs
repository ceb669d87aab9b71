namespace AgentRec.Domain;

/// <summary>Something that is wrong with a rule set.</summary>
/// <param name="Path">Where, such as <c>rules[2].atMost</c>; empty for the document as a whole.</param>
/// <param name="Message">The value and the allowed form.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RuleSetError")]
public sealed record RuleSetError([property: Id(0)] string Path, [property: Id(1)] string Message);
