using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace AgentRec.Benchmarks.Turns;

/// <summary>A node as a process of its own on a temporary store. Disposing of it stops exactly this process and deletes the store.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _store;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(Process process, DirectoryInfo store)
    {
        _process = process;
        _store = store;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => _listening.TrySetException(new BenchmarkFailure("The node ended before it listened; its last lines above say why."));
    }

    /// <summary>The node's memory in the RAM of the machine, in MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return Math.Round(_process.WorkingSet64 / 1048576.0);
        }
    }

    /// <summary>The processor time that the node has used since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a node, which imports and trains first, and waits until it listens.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The node and its address.</returns>
    public static async Task<(NodeProcess Node, Uri Address)> StartAsync(string data, CancellationToken cancellationToken)
    {
        var store = Directory.CreateTempSubdirectory("agentrec-benchmark-");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "agentrec.dll"), "up", "--data", Path.GetFullPath(data), "--store", store.FullName, "--urls", "http://127.0.0.1:0",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var node = new NodeProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, store);
        try
        {
            node._process.Start();
            node._process.BeginOutputReadLine();
            node._process.BeginErrorReadLine();
            return (node, await node._listening.Task.WaitAsync(StartLimit, cancellationToken));
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the process to stop, ends it when it does not, and deletes its store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process.Id is var id && !_process.HasExited)
        {
            if (!OperatingSystem.IsWindows())
                _ = Signal(id, Terminate);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopLimit);
            }
            catch (TimeoutException)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The node (process {id}) did not stop within {StopLimit.TotalSeconds} s and is ended."));
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }
        _process.Dispose();
        _store.Delete(recursive: true);
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        Console.Error.WriteLine(line);
        if (Listening().Match(line) is { Success: true } found)
            _listening.TrySetResult(new Uri(found.Groups["address"].Value));
    }

    [GeneratedRegex(@"^listening on (?<address>http://[^\s;,]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
