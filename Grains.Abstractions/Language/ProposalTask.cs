using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Candidates that a slate is to be picked from, without saying whose and without ids.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Candidates">The candidates, the most relevant first.</param>
/// <param name="SlateSize">How many are wanted.</param>
/// <param name="Wanted">The constraints in force, none of which names an item.</param>
/// <param name="Rules">The rules in force, in words.</param>
public sealed record ProposalTask(
    LanguageParty Party, ImmutableArray<CandidateOutline> Candidates, int SlateSize, ImmutableArray<Constraint> Wanted, ImmutableArray<string> Rules);

/// <summary>A candidate as it is described to a language model.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Facets">What the catalogue states of it.</param>
public sealed record CandidateOutline(string Title, ImmutableSortedDictionary<string, ImmutableArray<string>> Facets);

/// <summary>What a language model picked.</summary>
/// <param name="Picks">Indices into the task's candidates, most wanted first, each once; at least one.</param>
public sealed record AdvisedSlate(ImmutableArray<int> Picks);
