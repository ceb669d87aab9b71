using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Tools;
using AgentRec.Recommenders.Ranking;

namespace AgentRec.Grains.Serving;

/// <summary>The ranking model on another host, asked through the tool's circuit, bulkhead and time limit.</summary>
/// <param name="tool">The tool.</param>
/// <param name="pipelines">What calls to tools go through.</param>
internal sealed class RemoteRanking(IRankingTool tool, ToolPipelines pipelines)
{
    /// <summary>Scores candidates.</summary>
    /// <param name="version">The version of the model that they were laid out for.</param>
    /// <param name="candidates">The candidates.</param>
    /// <returns>A score for each, or why there are none.</returns>
    public ValueTask<ToolAnswer<float[]>> ScoreAsync(string version, RankingCase candidates)
    {
        var batch = new RankingBatch(version, candidates.Count, candidates.Features, candidates.Rows);
        // Scores are kept for many turns: no single one's budget limits them.
        return pipelines.RunAsync(ToolNames.Ranking, TimeSpan.MaxValue, cancellation => tool.ScoreAsync(batch, cancellation), CancellationToken.None);
    }
}
