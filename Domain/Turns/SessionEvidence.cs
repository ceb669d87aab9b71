using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>What a session that asks questions has learnt of what is wanted: what beliefs are updated by.</summary>
/// <param name="Answers">The answers that still hold, in order.</param>
/// <param name="Shown">Ids of the items that the session has shown, in order, each once.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionEvidence")]
public sealed record SessionEvidence(
    [property: Id(0)] ImmutableArray<AnswerGiven> Answers,
    [property: Id(1)] ImmutableArray<string> Shown)
{
    /// <summary>Nothing was learnt.</summary>
    public static SessionEvidence None { get; } = new([], []);

    /// <summary>True when nothing was learnt.</summary>
    public bool IsEmpty => Answers.IsEmpty && Shown.IsEmpty;
}

/// <summary>An option that was chosen.</summary>
/// <param name="Question">The question.</param>
/// <param name="Option">The option's place in the question.</param>
[GenerateSerializer, Immutable, Alias("agentrec.AnswerGiven")]
public sealed record AnswerGiven([property: Id(0)] Question Question, [property: Id(1)] int Option)
{
    /// <summary>The constraints that the answer stands for.</summary>
    public ImmutableArray<Constraint> Constraints => Question.Meaning(Option);
}
