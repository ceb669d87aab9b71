using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Candidates near the cut of a slate, some of which an advocate may speak for. There are no ids, and nothing says whose they are.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Side">For whom the advocate speaks.</param>
/// <param name="Candidates">The candidates, the nearest to the cut first.</param>
/// <param name="Most">How many the advocate may speak for.</param>
/// <param name="Wanted">The constraints in force, none of which names an item.</param>
/// <param name="Words">What is looked for in words; null: nothing.</param>
public sealed record ArgumentTask(
    LanguageParty Party, AdvocateSide Side, ImmutableArray<CandidateOutline> Candidates, int Most, ImmutableArray<Constraint> Wanted, string? Words);

/// <summary>What an advocate said.</summary>
/// <param name="Arguments">What it says for candidates, each once, every word of it a fact that the task states; none where it speaks for nobody.</param>
public sealed record AdvisedArguments(ImmutableArray<AdvisedArgument> Arguments);

/// <summary>What an advocate said for a candidate.</summary>
/// <param name="Place">The candidate's place in the task.</param>
/// <param name="Facet">The facet that speaks for it.</param>
/// <param name="Value">The value, as the catalogue writes it.</param>
public sealed record AdvisedArgument(int Place, string Facet, string Value);
