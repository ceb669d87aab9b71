using System.Collections.Immutable;

namespace AgentRec.Recommenders.Onnx;

/// <summary>A sum of regression trees, as gradient boosting learns them: s(x) = base + sum of the leaves that x falls into.</summary>
/// <param name="Features">The number of features in a row.</param>
/// <param name="Trees">The trees; their leaf values include the learning rate.</param>
/// <param name="Base">The score before any tree.</param>
public sealed record TreeEnsemble(int Features, ImmutableArray<RegressionTree> Trees, double Base)
{
    /// <summary>The trees.</summary>
    public ImmutableArray<RegressionTree> Trees { get; } = Within(Trees, Features);

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, row-major [scores, features].</param>
    /// <param name="scores">Receives a score for each row; greater is better.</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        RowShape.Check(Features, rows, scores);
        for (var row = 0; row < scores.Length; row++)
        {
            var sum = Base;
            foreach (var tree in Trees)
                sum += tree.Evaluate(rows.Slice(row * Features, Features));
            scores[row] = (float)sum;
        }
    }

    private static ImmutableArray<RegressionTree> Within(ImmutableArray<RegressionTree> trees, int features)
    {
        if (trees.Length == 0)
            throw new ArgumentException("An ensemble has at least one tree; a constant is a tree of one leaf.", nameof(trees));
        var greatest = trees.Max(tree => tree.GreatestFeature);
        return greatest < features ? trees
            : throw new ArgumentException($"A tree looks at feature {greatest}, but rows have {features} features, counted from 0.", nameof(trees));
    }
}
