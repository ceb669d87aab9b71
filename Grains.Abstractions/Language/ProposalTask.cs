using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Candidates that a slate is to be picked from, without saying whose and without ids.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Candidates">The candidates that are described at once, the most relevant first.</param>
/// <param name="SlateSize">How many are wanted.</param>
/// <param name="Wanted">The constraints in force, none of which names an item.</param>
/// <param name="Rules">The rules in force, in words.</param>
public sealed record ProposalTask(
    LanguageParty Party, ImmutableArray<CandidateOutline> Candidates, int SlateSize, ImmutableArray<Constraint> Wanted, ImmutableArray<string> Rules)
{
    /// <summary>What may be looked up beyond that; null: nothing.</summary>
    public ICandidateLookup? Lookup { get; init; }

    /// <summary>What the user agent has released of its user, in buckets; empty: nothing.</summary>
    public ImmutableSortedDictionary<string, string> Released { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How many candidates there are to pick from, looked up ones included.</summary>
    public int Count => Lookup?.Count ?? Candidates.Length;
}

/// <summary>Looks candidates up for a language model. Nothing but candidates is ever found; those that a task describes are its first.</summary>
public interface ICandidateLookup
{
    /// <summary>How many candidates there are.</summary>
    int Count { get; }

    /// <summary>Describes a candidate.</summary>
    /// <param name="place">Its place, in [0, <see cref="Count"/>).</param>
    CandidateOutline Describe(int place);

    /// <summary>Candidates whose title or facets have words, the best match first; a bounded number of them.</summary>
    /// <param name="words">The words.</param>
    ImmutableArray<int> Search(string words);

    /// <summary>Candidates that share most with one, itself left out; a bounded number of them.</summary>
    /// <param name="place">Its place, in [0, <see cref="Count"/>).</param>
    ImmutableArray<int> Similar(int place);
}

/// <summary>A candidate as it is described to a language model.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Facets">What the catalogue states of it.</param>
public sealed record CandidateOutline(string Title, ImmutableSortedDictionary<string, ImmutableArray<string>> Facets);

/// <summary>What a language model picked.</summary>
/// <param name="Picks">Places of candidates, those that were looked up included, most wanted first, each once; at least one.</param>
public sealed record AdvisedSlate(ImmutableArray<int> Picks);
