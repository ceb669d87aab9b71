using System.Collections.Immutable;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>Something that ranks the catalogue for a user and is measured by it. It is asked by many threads.</summary>
public interface IRanker
{
    /// <summary>The name in the report.</summary>
    string Name { get; }

    /// <summary>The parameters in the report.</summary>
    ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>How long choosing parameters and fitting took, in seconds.</summary>
    double FitSeconds { get; }

    /// <summary>Ranks for a user.</summary>
    /// <param name="user">The user; its targets must not be looked at.</param>
    /// <returns>Distinct handles, best first, none of them excluded. Items left out count as never found.</returns>
    ImmutableArray<int> Rank(EvaluationUser user);
}
