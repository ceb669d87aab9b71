using System.Runtime.InteropServices;

namespace AgentRec.Cli.Load;

/// <summary>The machine that a figure was measured on.</summary>
/// <param name="System">Its operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Architecture">The kind of processor.</param>
/// <param name="Processor">The processor's name; absent where the system does not say.</param>
/// <param name="Cores">How many processors this process may use.</param>
/// <param name="MemoryMebibytes">The memory that this process may use, in MiB.</param>
internal sealed record Machine(string System, string Runtime, string Architecture, string? Processor, int Cores, long MemoryMebibytes)
{
    private const string ProcessorList = "/proc/cpuinfo";

    /// <summary>The machine that this process runs on.</summary>
    public static Machine Here() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        ProcessorName(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024));

    private static string? ProcessorName()
    {
        if (!File.Exists(ProcessorList))
            return null;
        var line = File.ReadLines(ProcessorList).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? null : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
