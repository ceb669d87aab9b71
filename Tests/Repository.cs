namespace AgentRec.Tests;

/// <summary>Where the sources are, as seen from the built tests.</summary>
public static class Repository
{
    /// <summary>The folder that holds AgentRec.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentRec.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"AgentRec.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
