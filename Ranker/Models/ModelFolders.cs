using System.Globalization;
using AgentRec.Inference.Triton;

namespace AgentRec.Ranker.Models;

/// <summary>A version's file as it lies on disk.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version.</param>
/// <param name="Path">The file.</param>
/// <param name="Length">Its length.</param>
/// <param name="Written">When it was last written.</param>
internal sealed record VersionFile(string Model, int Number, string Path, long Length, DateTime Written);

/// <summary>A model's folder.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Versions">Its versions, latest first.</param>
internal sealed record ModelFolder(string Name, IReadOnlyList<VersionFile> Versions);

/// <summary>Reads what a model repository holds: NAME/VERSION/model.onnx, versions being numbers without leading zeros; the rest is not looked at.</summary>
internal static class ModelFolders
{
    /// <summary>The models, by name in ordinal order.</summary>
    /// <param name="repository">The repository.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<ModelFolder> Read(string repository) =>
    [
        .. new DirectoryInfo(repository).EnumerateDirectories()
            .Where(model => !model.Name.StartsWith('.'))
            .OrderBy(model => model.Name, StringComparer.Ordinal)
            .Select(model => new ModelFolder(model.Name, Versions(model))),
    ];

    private static VersionFile[] Versions(DirectoryInfo model) =>
    [
        .. model.EnumerateDirectories()
            .Select(version => (Number: Number(version.Name), File: new FileInfo(Path.Combine(version.FullName, TritonRepository.ModelFile))))
            .Where(version => version.Number > 0 && version.File.Exists)
            .OrderByDescending(version => version.Number)
            .Select(version => new VersionFile(model.Name, version.Number, version.File.FullName, version.File.Length, version.File.LastWriteTimeUtc)),
    ];

    private static int Number(string folder) =>
        !folder.StartsWith('0') && int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
