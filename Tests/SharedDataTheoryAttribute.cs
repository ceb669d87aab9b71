namespace AgentRec.Tests;

/// <summary>A theory that needs the data folder beside the repository; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (!Directory.Exists(SharedData.Root))
            Skip = $"needs the data folder {SharedData.Root}";
    }
}
