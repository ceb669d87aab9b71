using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Language.Statements;

/// <summary>What was read from what a user says about tastes.</summary>
/// <param name="Corrections">Attitudes to facet values and items, in the order of the text; of several about the same the last.</param>
/// <param name="NotUnderstood">The words that nothing was made of, in order. Each is a part of the text, letter by letter.</param>
public sealed record StatementReading(ImmutableArray<Correction> Corrections, ImmutableArray<string> NotUnderstood);
