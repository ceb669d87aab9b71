using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AgentRec.Benchmarks.Tools;

/// <summary>Peer libraries, called by the system's own Python in the same run; whoever lacks them measures without a reference.</summary>
internal static class Peers
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs one measurement of <c>peers.py</c> over a file of numbers.</summary>
    /// <param name="name">The measurement.</param>
    /// <param name="data">The numbers, written as little-endian bytes.</param>
    /// <param name="sizes">What the measurement is told of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it printed; null, with a message, where Python or numpy is not installed.</returns>
    public static async Task<JsonElement?> RunAsync(string name, byte[] data, int[] sizes, CancellationToken cancellationToken)
    {
        if (!File.Exists(Python))
        {
            await Console.Error.WriteLineAsync($"{name}: no peer, for {Python} is not there.");
            return null;
        }
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, data, cancellationToken);
            var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "peers", "peers.py"), name, file, .. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0)
                return JsonDocument.Parse(await said).RootElement;
            await Console.Error.WriteLineAsync($"{name}: no peer, for the script failed: {(await complained).Trim().Split('\n')[^1]}");
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
