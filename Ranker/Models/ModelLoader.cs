using AgentRec.Ranker.Batching;
using AgentRec.Ranker.Metrics;
using AgentRec.Recommenders.Onnx;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Models;

/// <summary>Loads a version and warms it up: what the runtime puts off until a first run is done before anybody waits for it.</summary>
/// <param name="options">The limits.</param>
/// <param name="metrics">Hears of batches.</param>
/// <param name="time">The clock of batches.</param>
internal sealed class ModelLoader(IOptions<RankerOptions> options, RankerMetrics metrics, TimeProvider time)
{
    /// <summary>Loads a version.</summary>
    /// <param name="file">Its file.</param>
    /// <exception cref="InvalidDataException">The file is no ranking model, or its first scores are not finite.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public LoadedVersion Load(VersionFile file)
    {
        var session = OnnxSession.Load(File.ReadAllBytes(file.Path));
        try
        {
            WarmUp(session, 1);
            WarmUp(session, options.Value.MaximumBatchRows);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        return new LoadedVersion(file, session, new Batcher(session.Score, file.Model, options.Value, metrics, time));
    }

    private static void WarmUp(OnnxSession session, int rows)
    {
        var scores = new float[rows];
        session.Score(new float[rows * session.Features], scores);
        if (Array.Exists(scores, score => !float.IsFinite(score)))
            throw new InvalidDataException("The model scores a row of zeros as a number that is not finite: train it anew.");
    }
}
