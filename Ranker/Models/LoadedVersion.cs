using AgentRec.Ranker.Batching;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Ranker.Models;

/// <summary>A version of a model, warm and ready to score.</summary>
/// <param name="file">The file that it was loaded from.</param>
/// <param name="session">The model.</param>
/// <param name="batcher">What gathers its requests.</param>
internal sealed class LoadedVersion(VersionFile file, OnnxSession session, Batcher batcher) : IAsyncDisposable
{
    /// <summary>The file that it was loaded from.</summary>
    public VersionFile File => file;

    /// <summary>The version, as the protocol writes it.</summary>
    public string Name { get; } = $"{file.Number}";

    /// <summary>The number of features in a row.</summary>
    public int Features => session.Features;

    /// <summary>The artifact that the model was written from; empty when the file does not say.</summary>
    public string ArtifactVersion { get; } = session.Metadata.TryGetValue(OnnxExport.ArtifactVersion, out var version) ? version : "";

    /// <summary>What gathers its requests.</summary>
    public Batcher Batcher => batcher;

    /// <summary>Ends when everything that waits has been scored.</summary>
    public async ValueTask DisposeAsync()
    {
        await batcher.DisposeAsync();
        session.Dispose();
    }
}
