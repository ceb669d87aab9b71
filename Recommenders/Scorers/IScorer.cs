using System.Collections.Immutable;

namespace AgentRec.Recommenders.Scorers;

/// <summary>A fitted model that says how well each item suits a user. It does not change after fitting and may be asked by many threads.</summary>
public interface IScorer
{
    /// <summary>The model's name on the command line and in artifacts, for example <c>ease</c>.</summary>
    string Name { get; }

    /// <summary>The number of items known at fitting: handles from here on get 0, which says nothing for or against.</summary>
    int ItemCount { get; }

    /// <summary>The parameters it was fitted with, by name.</summary>
    ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>Scores the whole catalogue; all scores are finite, higher is better, and those of different scorers do not compare.</summary>
    /// <param name="history">What the user took to; handles unknown to the model are passed over.</param>
    /// <param name="scores">Receives a score for each handle; at least <see cref="ItemCount"/> long.</param>
    void Score(UserHistory history, Span<float> scores);
}
