namespace AgentRec.Tests;

/// <summary>A test that needs the data folder beside the repository; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (!Directory.Exists(SharedData.Root))
            Skip = $"needs the data folder {SharedData.Root}";
    }
}

/// <summary>The data folder beside the repository.</summary>
public static class SharedData
{
    /// <summary>Its path, whether or not it is there.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));
}
