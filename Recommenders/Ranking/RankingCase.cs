using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Ranking;

/// <summary>One user's candidates as the ranking model sees them: rows to be scored, here or elsewhere.</summary>
public sealed class RankingCase
{
    private readonly RankingModel _model;
    private readonly RankingPool _pool;

    internal RankingCase(RankingModel model, RankingPool pool, float[] rows) => (_model, _pool, Rows) = (model, pool, rows);

    /// <summary>The number of candidates.</summary>
    public int Count => _pool.Items.Length;

    /// <summary>The number of features of each.</summary>
    public int Features => _model.Terms.Features.Length;

    /// <summary>The features, row-major [candidates, features].</summary>
    public ReadOnlyMemory<float> Rows { get; }

    /// <summary>Scores the rows in process.</summary>
    /// <returns>A score for each candidate.</returns>
    public float[] Score()
    {
        var scores = new float[Count];
        _model.Score(Rows.Span, scores);
        return scores;
    }

    /// <summary>
    /// Writes the log-odds that the scores come to: calibration of the logarithm of exp(t s(i)) / sum of exp(t s(j)), the sum
    /// over the best of the blend. Nothing depends on what a turn makes of the candidates.
    /// </summary>
    /// <param name="scores">A score for each candidate, in the order of <see cref="Rows"/>.</param>
    /// <param name="odds">Log-odds by handle; those of the candidates are replaced.</param>
    internal void Write(ReadOnlySpan<float> scores, Span<float> odds)
    {
        if (scores.Length != Count)
            throw new ArgumentException($"{scores.Length} scores were given for {Count} candidates: give one for each.", nameof(scores));
        var chances = Chances(scores, _pool.Best, _model.Terms.Temperature);
        for (var i = 0; i < chances.Length; i++)
            odds[_pool.Items[i]] = _model.Terms.Calibration.LogOdds(chances[i]);
    }

    /// <summary>Logarithms of chances.</summary>
    /// <param name="scores">Scores, those of the best of the blend first.</param>
    /// <param name="best">How many of them the chances are shares among.</param>
    /// <param name="temperature">What scores are multiplied by.</param>
    internal static float[] Chances(ReadOnlySpan<float> scores, int best, double temperature)
    {
        var chances = new float[scores.Length];
        TensorPrimitives.Multiply(scores, (float)temperature, chances);
        if (best == 0)
            return chances;
        var greatest = TensorPrimitives.Max<float>(chances.AsSpan(0, best));
        var total = 0.0;
        for (var i = 0; i < best; i++)
            total += Math.Exp(chances[i] - greatest);
        TensorPrimitives.Subtract(chances, (float)(greatest + Math.Log(total)), chances);
        return chances;
    }
}
