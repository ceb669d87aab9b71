using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>What candidates are picked by: the blend of the scorers, with what items of few positives borrow.</summary>
/// <param name="Scorers">The scorers, in the order of the blend's weights.</param>
/// <param name="Blend">Their weights.</param>
/// <param name="Borrowing">What items borrow.</param>
/// <param name="Trained">The number of items known at training.</param>
internal sealed record FirstStage(ImmutableArray<IScorer> Scorers, Blend Blend, Borrowing Borrowing, int Trained)
{
    /// <summary>Scores a catalogue for a user.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="items">The number of items of the catalogue.</param>
    /// <param name="parts">Receives what each scorer says, without what is borrowed; null where nobody asks.</param>
    /// <returns>Raw scores by handle.</returns>
    public float[] Score(UserHistory history, int items, ScorePart[]? parts = null)
    {
        var raw = new float[items];
        Blend.Score(Scorers, history, Trained, raw, parts);
        Borrowing.Apply(raw);
        return raw;
    }

    /// <summary>Scores a catalogue for a user, and keeps what each scorer says.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="items">The number of items of the catalogue.</param>
    public (float[] Raw, ScorePart[] Parts) ScoreInParts(UserHistory history, int items)
    {
        ScorePart[] parts = [.. Scorers.Select(_ => ScorePart.Of(items))];
        return (Score(history, items, parts), parts);
    }
}
