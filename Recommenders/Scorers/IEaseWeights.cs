namespace AgentRec.Recommenders.Scorers;

/// <summary>A form in which the item-item weights B of EASE are held.</summary>
internal interface IEaseWeights
{
    /// <summary>The number of items of the catalogue.</summary>
    int ItemCount { get; }

    /// <summary>Computes x B.</summary>
    /// <param name="history">The ones of x.</param>
    /// <param name="scores">Receives the scores; 0 for items without weights.</param>
    void Score(UserHistory history, Span<float> scores);

    /// <summary>Reads B(h, j) for every h of the history.</summary>
    /// <param name="history">The items h.</param>
    /// <param name="handle">The item j.</param>
    /// <param name="contributions">Receives the weights, parallel to the history.</param>
    void Contributions(UserHistory history, int handle, Span<float> contributions);
}
