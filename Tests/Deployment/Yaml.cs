using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRec.Tests.Deployment;

/// <summary>Reads deployment files: every document, anchors merged, a key that occurs twice refused.</summary>
internal static class Yaml
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path from the root of the repository.</param>
    public static YamlMappingNode[] Read(string path)
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, path));
        var parser = new MergingParser(new Parser(reader));
        var yaml = new YamlStream();
        // Duplicate keys are refused by the stream itself.
        yaml.Load(parser);
        Assert.NotEmpty(yaml.Documents);
        return [.. yaml.Documents.Select(document => Assert.IsType<YamlMappingNode>(document.RootNode))];
    }

    /// <summary>What a path of keys leads to; null where there is nothing.</summary>
    public static YamlNode? Find(this YamlNode node, params string[] keys)
    {
        YamlNode? found = node;
        foreach (var key in keys)
            found = found is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var next) ? next : null;
        return found;
    }

    /// <summary>The text that a path of keys leads to.</summary>
    public static string Text(this YamlNode node, params string[] keys) =>
        node.Find(keys) is YamlScalarNode { Value: { } value } ? value : throw new InvalidOperationException($"There is no text at {string.Join('.', keys)} of {node}.");

    /// <summary>The map that a path of keys leads to, by name; empty where there is none.</summary>
    public static IReadOnlyDictionary<string, YamlNode> Map(this YamlNode node, params string[] keys) =>
        node.Find(keys) is YamlMappingNode map ? map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => entry.Value, StringComparer.Ordinal) : [];

    /// <summary>The list that a path of keys leads to; empty where there is none.</summary>
    public static IReadOnlyList<YamlNode> List(this YamlNode node, params string[] keys) =>
        node.Find(keys) is YamlSequenceNode list ? [.. list.Children] : [];
}
