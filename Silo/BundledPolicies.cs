namespace AgentRec.Silo;

/// <summary>The rule sets that come with the build (<c>infra/policies</c>).</summary>
public static class BundledPolicies
{
    private const string Prefix = "policies/";

    /// <summary>Reads them, by file name without ending, in ordinal order.</summary>
    public static IReadOnlyList<(string Name, string Yaml)> Read()
    {
        var assembly = typeof(BundledPolicies).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return (Path.GetFileNameWithoutExtension(name[Prefix.Length..]), reader.ReadToEnd());
                }),
        ];
    }
}
