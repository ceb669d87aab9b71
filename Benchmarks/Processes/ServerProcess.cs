using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AgentRec.Benchmarks.Processes;

/// <summary>One of the project's programs as a process of its own on loopback. Disposing of it stops exactly this process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;

    private ServerProcess(string name, Process process, Uri address)
    {
        (Name, _process, Address) = (name, process, address);
        // Read, so that a full pipe never stops the process. Starts are silent: what goes wrong is what is worth reading.
        process.OutputDataReceived += static (_, line) => Tell(line.Data);
        process.ErrorDataReceived += static (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Where it answers over HTTP.</summary>
    public Uri Address { get; }

    /// <summary>The processor time that it has used since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory in the RAM of the machine, in MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return Math.Round(_process.WorkingSet64 / 1048576.0);
        }
    }

    /// <summary>Starts a server that answers <c>/health/ready</c>; does not wait for it.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="program">The program's file, in the folder of this one.</param>
    /// <param name="arguments">Its arguments, beside the address.</param>
    /// <param name="settings">What it finds in its environment.</param>
    public static ServerProcess Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        return new ServerProcess(name, Launch(program, [.. arguments, "--urls", address.ToString()], settings), address);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="program">The program's file, in the folder of this one.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">What it finds in its environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BenchmarkFailure">It failed.</exception>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var command = new ServerProcess(arguments[0], Launch(program, arguments, settings), new Uri("about:blank"));
        await command._process.WaitForExitAsync(cancellationToken);
        if (command._process.ExitCode != 0)
            throw new BenchmarkFailure($"'{arguments[0]}' failed; its last lines above say why.");
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <param name="limit">How long that may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkFailure">It ended, or was not ready in time.</exception>
    public async Task ReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < limit)
        {
            if (_process.HasExited)
                throw new BenchmarkFailure($"{Name} ended before it was ready; its last lines above say why.");
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // It does not listen yet.
            }
            await Task.Delay(Between, cancellationToken);
        }
        throw new BenchmarkFailure(string.Create(CultureInfo.InvariantCulture, $"{Name} was not ready within {limit.TotalMinutes} minutes."));
    }

    /// <summary>Asks the process to stop, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (!OperatingSystem.IsWindows())
                _ = Signal(_process.Id, Terminate);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopLimit);
            }
            catch (TimeoutException)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Name} (process {_process.Id}) did not stop within {StopLimit.TotalSeconds} s and is ended."));
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }
        _process.Dispose();
    }

    private static Process Launch(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new BenchmarkFailure($"'dotnet {program}' could not be started.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void Tell(string? line)
    {
        if (line is not null)
            Console.Error.WriteLine(line);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
