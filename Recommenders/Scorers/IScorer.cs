using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;

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

    /// <summary>Puts this scorer's own scores on the blend's scale, in place.</summary>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="trained">The number of items known at training; they come first.</param>
    internal void Rescale(Span<float> scores, int trained) => ScoreScale.Apply(scores, trained);
}
