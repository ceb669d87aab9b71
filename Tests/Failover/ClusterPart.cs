using System.Diagnostics;
using System.Globalization;
using System.Text;
using AgentRec.Tests.EndToEnd;

namespace AgentRec.Tests.Failover;

/// <summary>A silo or a gateway as a process of its own, on loopback ports of its own, on the database that all parts share.</summary>
internal sealed class ClusterPart : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ClusterPart(string name, Process process, Uri address)
    {
        (Name, _process, Address) = (name, process, address);
        // Read, so that a full pipe never stops the part.
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The part's name in what is printed.</summary>
    public string Name { get; }

    /// <summary>Where it answers over HTTP.</summary>
    public Uri Address { get; }

    /// <summary>Where other silos reach it; 0 for a gateway.</summary>
    public int SiloPort { get; private init; }

    /// <summary>True until the process has ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>What the process wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a silo.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The connection string of the shared database.</param>
    /// <param name="models">Where models are unpacked.</param>
    /// <param name="environment">What else it finds in its environment.</param>
    /// <param name="build">The folder of the checkout whose build is started.</param>
    public static ClusterPart StartSilo(string name, string database, string models, IReadOnlyDictionary<string, string> environment, string build)
    {
        var port = FreePorts.Next();
        var settings = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["AGENTREC_Store__Provider"] = "postgresql",
            ["AGENTREC_Store__ConnectionString"] = database,
            ["AGENTREC_Store__ModelDirectory"] = models,
            ["AGENTREC_Store__MaximumConnections"] = "12",
            ["AGENTREC_Silo__SiloPort"] = port.ToString(CultureInfo.InvariantCulture),
            ["AGENTREC_Silo__ClientPort"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture),
            ["AGENTREC_Planner__TurnBudgetMilliseconds"] = "2000",
        };
        return Start("Silo", name, settings, build, port);
    }

    /// <summary>Starts a gateway.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="database">The connection string of the shared database.</param>
    /// <param name="environment">What else it finds in its environment.</param>
    /// <param name="build">The folder of the checkout whose build is started.</param>
    public static ClusterPart StartGateway(string name, string database, IReadOnlyDictionary<string, string> environment, string build) =>
        Start("Gateway", name, new(environment, StringComparer.Ordinal) { ["AGENTREC_Store__ConnectionString"] = database }, build, siloPort: 0);

    /// <summary>Waits until the part says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.True(IsRunning, $"{Name} has ended: {Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !patience.IsCancellationRequested)
            {
                // It does not listen yet.
            }
            Assert.False(patience.IsCancellationRequested, $"{Name} is not ready after {Patience}: {Output}");
            await Task.Delay(100);
        }
    }

    /// <summary>Ends the process at once: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop and waits until it has: SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        Signal("TERM");
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Stops the process without ending it: SIGSTOP.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets a frozen process go on: SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        _process.Dispose();
    }

    private static ClusterPart Start(string project, string name, Dictionary<string, string> settings, string build, int siloPort)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(build, project, "bin", configuration, "net10.0", $"AgentRec.{project}.dll");
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}"));
        var start = new ProcessStartInfo("dotnet", [program, "--urls", address.ToString()])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        return new ClusterPart(name, Process.Start(start) ?? throw new InvalidOperationException($"'dotnet {program}' could not be started."), address) { SiloPort = siloPort };
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Hear(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
