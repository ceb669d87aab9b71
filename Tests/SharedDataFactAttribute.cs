namespace AgentRec.Tests;

/// <summary>Where the data for development lies: beside the repository, never in it.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null when it is absent.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentRec.sln")))
            folder = folder.Parent;
        var data = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
        return Directory.Exists(data) ? data : null;
    }
}

/// <summary>A test that needs the data for development and is skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Root is null)
            Skip = "The folder ../shared/data is absent.";
    }
}
