using System.Globalization;
using System.Text.RegularExpressions;
using AgentRec.Inference.Transport;

namespace AgentRec.Inference.Triton;

/// <summary>
/// Writes models as a Triton model repository: <c>NAME/config.pbtxt</c> and <c>NAME/VERSION/model.onnx</c>. A server that reads
/// the folder meanwhile sees whole versions only. The Ranker host serves the same folder.
/// </summary>
public static partial class TritonRepository
{
    /// <summary>The model's file within a version's folder.</summary>
    public const string ModelFile = "model.onnx";

    private const string ConfigFile = "config.pbtxt";
    private const int KeptVersions = 2;

    /// <summary>Writes one version of a model.</summary>
    /// <param name="directory">The repository; made where it is missing.</param>
    /// <param name="modelName">The model: letters, digits, '.', '_' and '-', beginning with a letter or digit.</param>
    /// <param name="version">The version, from 1; servers take the greatest for the latest.</param>
    /// <param name="onnx">The file, with input <c>features</c> and output <c>scores</c>.</param>
    /// <param name="features">The number of features in a row.</param>
    /// <param name="maximumBatch">The greatest number of rows that a server may run at once, from 1.</param>
    /// <param name="delayMicroseconds">How long a server may wait for a batch to fill.</param>
    /// <param name="artifactVersion">The artifact that the model was written from; clients compare it with their own.</param>
    /// <returns>The version's folder.</returns>
    /// <exception cref="IOException">The version exists, or the folder cannot be written.</exception>
    public static string Write(
        string directory, string modelName, int version, ReadOnlySpan<byte> onnx, int features, int maximumBatch, int delayMicroseconds, string artifactVersion)
    {
        Check(modelName, artifactVersion);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBatch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(delayMicroseconds);

        var model = Path.Combine(directory, modelName);
        var target = Path.Combine(model, $"{version}");
        if (Directory.Exists(target))
            throw new IOException($"Version {version} of model '{modelName}' exists in '{directory}': versions never change, write a greater one.");
        Directory.CreateDirectory(model);

        // Servers look into folders named by a number only; a move within a file system is all or nothing.
        var unfinished = Path.Combine(model, $".unfinished-{version}");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        File.WriteAllBytes(Path.Combine(unfinished, ModelFile), onnx);
        var config = Path.Combine(model, $".{ConfigFile}-{version}");
        File.WriteAllText(config, Config(modelName, features, maximumBatch, delayMicroseconds, artifactVersion));
        File.Move(config, Path.Combine(model, ConfigFile), overwrite: true);
        Directory.Move(unfinished, target);
        return target;
    }

    /// <summary>The version that a model's next one would be: one more than the greatest there is.</summary>
    /// <param name="directory">The repository; it need not exist.</param>
    /// <param name="modelName">The model.</param>
    public static int NextVersion(string directory, string modelName)
    {
        var model = Path.Combine(directory, modelName);
        return !Directory.Exists(model) ? 1 : 1 + Directory.GetDirectories(model)
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Append(0).Max();
    }

    private static string Config(string modelName, int features, int maximumBatch, int delayMicroseconds, string artifactVersion) => $$"""
        name: "{{modelName}}"
        platform: "onnxruntime_onnx"
        max_batch_size: {{maximumBatch}}
        input [
          { name: "features" data_type: TYPE_FP32 dims: [ {{features}} ] }
        ]
        output [
          { name: "scores" data_type: TYPE_FP32 dims: [ 1 ] }
        ]
        version_policy: { latest: { num_versions: {{KeptVersions}} } }
        dynamic_batching { max_queue_delay_microseconds: {{delayMicroseconds}} }
        instance_group [
          { count: 1 kind: KIND_GPU }
        ]
        parameters { key: "{{Parameters.ArtifactVersion}}" value: { string_value: "{{artifactVersion}}" } }

        """;

    private static void Check(string modelName, string artifactVersion)
    {
        if (!NamePattern().IsMatch(modelName))
            throw new ArgumentException($"The model's name is '{modelName}'; it may hold letters, digits, '.', '_' and '-', and begins with a letter or digit.", nameof(modelName));
        if (!NamePattern().IsMatch(artifactVersion))
            throw new ArgumentException($"The artifact's version is '{artifactVersion}'; it may hold letters, digits, '.', '_' and '-', and begins with a letter or digit.", nameof(artifactVersion));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamePattern();
}
