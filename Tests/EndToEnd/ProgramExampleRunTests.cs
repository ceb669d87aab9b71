using System.Diagnostics;
using AgentRec.Tests.Unit;
using AgentRec.Tests.Unit.Simulation;

namespace AgentRec.Tests.EndToEnd;

/// <summary>Examples run as whoever reads the guide runs them, at a small size. Building each takes a minute: <c>--filter "FullyQualifiedName~ProgramExampleRunTests"</c>.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "Long")]
public sealed class ProgramExampleRunTests
{
    [Theory]
    [MemberData(nameof(ProgramExampleTests.Examples), MemberType = typeof(ProgramExampleTests))]
    public async Task Example_RunAsAFile_EndsWithATableWithIntervalsAndAFigure(string file)
    {
        using var folder = new TempFolder();
        var results = Path.Combine(folder.Path, "out");
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(Repository.Root, "Simulation", "examples", file), "--", results, "--seeds", "2", "--periods", "2", "--users", "30"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, await output + await error);

            string[] lines = [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
            // A mean with its interval for each arm and figure, and a difference to the first arm.
            Assert.Contains(lines, line => line.Contains('[', StringComparison.Ordinal) && line.Contains(']', StringComparison.Ordinal) && line.Contains(" - ", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.StartsWith(results, StringComparison.Ordinal) && line.EndsWith(".svg", StringComparison.Ordinal) && File.Exists(line));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
