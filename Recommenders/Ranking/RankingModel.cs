using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The learned ranking model: it puts the best of the blend in order. Its graph is an ONNX file, run here in process or by
/// any host that serves the format (see <see cref="RankingCase"/>).
/// </summary>
public sealed class RankingModel
{
    private readonly byte[] _graph;
    private readonly Lazy<OnnxSession> _session;

    internal RankingModel(byte[] graph, RankingTerms terms, RankingEvidence evidence)
        : this(graph, new Lazy<OnnxSession>(() => OnnxSession.Load(graph)), terms, evidence)
    {
    }

    private RankingModel(byte[] graph, Lazy<OnnxSession> session, RankingTerms terms, RankingEvidence evidence) =>
        (_graph, _session, Terms, Evidence) = (graph, session, terms, evidence);

    /// <summary>The model's name, in reports and in model repositories.</summary>
    public const string ModelName = "ranker";

    /// <summary>The ONNX file.</summary>
    public ReadOnlyMemory<byte> Graph => _graph;

    /// <summary>What belongs to the graph.</summary>
    public RankingTerms Terms { get; }

    internal RankingEvidence Evidence { get; }

    /// <summary>Scores rows in process. The native session lives as long as the model; the collector frees both.</summary>
    /// <param name="rows">Features, row-major [scores, features].</param>
    /// <param name="scores">Receives a score for each row.</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores) => _session.Value.Score(rows, scores);

    /// <summary>The same graph over other evidence.</summary>
    /// <param name="evidence">The evidence.</param>
    internal RankingModel With(RankingEvidence evidence) => new(_graph, _session, Terms, evidence);

    /// <summary>The case of a user, ready to be scored.</summary>
    /// <param name="borrowing">What items of few positives borrow.</param>
    /// <param name="history">What the user took to, at least one item.</param>
    /// <param name="blend">The blend's raw scores by handle.</param>
    /// <param name="parts">What the scorers say of every item.</param>
    /// <param name="pool">The candidates.</param>
    internal RankingCase Open(Borrowing borrowing, UserHistory history, float[] blend, ScorePart[] parts, RankingPool pool)
    {
        using var user = new UserEvidence(Evidence, borrowing, history);
        return new RankingCase(this, pool, user.Rows(pool.Items, blend, parts));
    }
}
