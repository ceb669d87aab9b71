using System.Runtime.InteropServices;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

/// <summary>A test that needs LightGBM's native library; skipped where what that library itself needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LightGbmFactAttribute : FactAttribute
{
    private const string OpenMp = "libgomp.so.1";

    public LightGbmFactAttribute()
    {
        if (OperatingSystem.IsLinux() && !NativeLibrary.TryLoad(OpenMp, out _))
            Skip = $"needs {OpenMp} (Debian's libgomp1)";
    }
}
