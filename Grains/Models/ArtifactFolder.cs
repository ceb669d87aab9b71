namespace AgentRec.Grains.Models;

/// <summary>Where this process finds the files of models.</summary>
/// <param name="Path">The folder that holds one folder for each model.</param>
public sealed record ArtifactFolder(string Path);
