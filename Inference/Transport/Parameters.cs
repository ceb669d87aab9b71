namespace AgentRec.Inference.Transport;

/// <summary>The parameter that tells which artifact a model was written from: in its configuration, and in every answer of the Ranker host.</summary>
internal static class Parameters
{
    /// <summary>Its name.</summary>
    public const string ArtifactVersion = "artifact_version";
}
