using AgentRec.Inference.Triton;

namespace AgentRec.Tests.Unit.Inference;

/// <summary>What lies in a repository is what Triton's documents ask for.</summary>
public sealed class TritonRepositoryTests
{
    [Fact]
    public void Write_Model_IsTritonsLayout()
    {
        using var folder = new TempFolder();

        var version = TritonRepository.Write(folder.Path, "ranker", 3, "onnx"u8, 40, 1_024, 150, "m-0a1b");

        Assert.Equal(Path.Combine(folder.Path, "ranker", "3"), version);
        Assert.Equal("onnx"u8, File.ReadAllBytes(Path.Combine(version, "model.onnx")));
        Assert.Equal(
            """
            name: "ranker"
            platform: "onnxruntime_onnx"
            max_batch_size: 1024
            input [
              { name: "features" data_type: TYPE_FP32 dims: [ 40 ] }
            ]
            output [
              { name: "scores" data_type: TYPE_FP32 dims: [ 1 ] }
            ]
            version_policy: { latest: { num_versions: 2 } }
            dynamic_batching { max_queue_delay_microseconds: 150 }
            instance_group [
              { count: 1 kind: KIND_GPU }
            ]
            parameters { key: "artifact_version" value: { string_value: "m-0a1b" } }

            """,
            File.ReadAllText(Path.Combine(folder.Path, "ranker", "config.pbtxt")));
        Assert.Equal(["3", "config.pbtxt"], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "ranker")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_ExistingVersion_IsRefusedAndUntouched()
    {
        using var folder = new TempFolder();
        var version = TritonRepository.Write(folder.Path, "ranker", 1, "first"u8, 4, 16, 0, "m-1");

        Assert.Throws<IOException>(() => TritonRepository.Write(folder.Path, "ranker", 1, "second"u8, 4, 16, 0, "m-2"));

        Assert.Equal("first"u8, File.ReadAllBytes(Path.Combine(version, "model.onnx")));
    }

    [Fact]
    public void Write_AfterAnUnfinishedOne_TakesItsPlace()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "ranker", ".unfinished-1"));
        File.WriteAllText(Path.Combine(folder.Path, "ranker", ".unfinished-1", "model.onnx"), "half");

        var version = TritonRepository.Write(folder.Path, "ranker", 1, "whole"u8, 4, 16, 0, "m-1");

        Assert.Equal("whole"u8, File.ReadAllBytes(Path.Combine(version, "model.onnx")));
    }

    [Theory]
    [InlineData("", "m-1")]
    [InlineData("../ranker", "m-1")]
    [InlineData(".ranker", "m-1")]
    [InlineData("ranker", "m\" }")]
    [InlineData("ranker\n", "m-1")]
    public void Write_NamesThatWouldEscape_AreRefused(string model, string artifact)
    {
        using var folder = new TempFolder();
        Assert.Throws<ArgumentException>(() => TritonRepository.Write(folder.Path, model, 1, "onnx"u8, 4, 16, 0, artifact));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
