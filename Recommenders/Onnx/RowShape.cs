namespace AgentRec.Recommenders.Onnx;

/// <summary>The shape that every model here takes: rows one after another, and a place for one score each.</summary>
internal static class RowShape
{
    /// <summary>Refuses rows that are not as many as the scores, or not as wide as the model.</summary>
    /// <param name="features">The model's features.</param>
    /// <param name="rows">The rows, row-major [scores, features].</param>
    /// <param name="scores">Where the scores go.</param>
    public static void Check(int features, ReadOnlySpan<float> rows, ReadOnlySpan<float> scores)
    {
        if (rows.Length != (long)scores.Length * features)
        {
            throw new ArgumentException(
                $"{rows.Length} values were given for {scores.Length} scores; a model of {features} features takes {(long)scores.Length * features}: pass whole rows, one after another.",
                nameof(rows));
        }
    }
}
