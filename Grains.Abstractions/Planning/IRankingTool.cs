namespace AgentRec.Grains.Abstractions.Planning;

/// <summary>The ranking model: scores candidates by their features, in process or on another host.</summary>
public interface IRankingTool
{
    /// <summary>The tool's name, as traces and <c>degraded</c> show it.</summary>
    string Name { get; }

    /// <summary>Scores the rows of a batch. A row's score depends on that row alone, never on its neighbours.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A score for each row, in the batch's order; greater is better.</returns>
    /// <exception cref="RankingUnavailableException">No score can be had now.</exception>
    ValueTask<float[]> ScoreAsync(RankingBatch batch, CancellationToken cancellationToken);
}

/// <summary>Candidates as a ranking model sees them.</summary>
/// <param name="ModelVersion">The version of the artifact that the features were built for; another version's scores are not comparable.</param>
/// <param name="Rows">The number of candidates.</param>
/// <param name="Features">The number of features of each.</param>
/// <param name="Values">The features, row-major [rows, features]; all finite.</param>
public sealed record RankingBatch(string ModelVersion, int Rows, int Features, ReadOnlyMemory<float> Values);

/// <summary>
/// No score can be had now: the model's host is away, overloaded or too slow, or what it serves is not the model that was
/// asked for. The turn goes on without the tool, and names this message as the reason.
/// </summary>
/// <param name="message">What failed, where, and the remedy.</param>
/// <param name="inner">What was behind it.</param>
public sealed class RankingUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
