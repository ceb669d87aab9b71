namespace AgentRec.Recommenders.Scorers;

/// <summary>A scorer whose score of an item is a sum over the items of the history, so that it can say which of them it came from.</summary>
public interface IContributor
{
    /// <summary>Splits the score of one item; the parts sum up to the score, but for rounding.</summary>
    /// <param name="history">What the user took to.</param>
    /// <param name="handle">The item whose score is explained.</param>
    /// <param name="contributions">Receives a part for each item of the history, in its order; exactly as long.</param>
    void Contributions(UserHistory history, int handle, Span<float> contributions);

    /// <summary>Does once what the splits of many items for one history have in common.</summary>
    /// <param name="history">What the user took to.</param>
    ScoreSplit Split(UserHistory history) => (handle, contributions) => Contributions(history, handle, contributions);
}

/// <summary>Splits the score of one item for a given history (see <see cref="IContributor.Contributions"/>).</summary>
/// <param name="handle">The item whose score is explained.</param>
/// <param name="contributions">Receives a part for each item of the history.</param>
public delegate void ScoreSplit(int handle, Span<float> contributions);
