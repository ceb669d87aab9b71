using System.Globalization;
using System.Reflection;

namespace AgentRec.Storage;

/// <summary>The numbered scripts of a schema (<c>infra/sql</c>).</summary>
internal static class Scripts
{
    /// <summary>Reads them in order.</summary>
    /// <param name="folder">The folder they were embedded from, such as <c>store</c>.</param>
    public static IReadOnlyList<(int Version, string Name, string Sql)> Read(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"sql/{folder}/";
        var found = new List<(int Version, string Name, string Sql)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var name = resource[prefix.Length..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            found.Add((int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }
        found.Sort((x, y) => x.Version.CompareTo(y.Version));
        return found;
    }
}
