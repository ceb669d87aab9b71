using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentRec.Benchmarks.Ranking;

/// <summary>A Ranker host as a process of its own. It keeps nothing, so that disposing of it just ends exactly this process.</summary>
internal sealed partial class RankerProcess : IAsyncDisposable
{
    private const int Addresses = 2;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly List<Uri> _heard = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RankerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => _listening.TrySetException(new BenchmarkFailure("The Ranker host ended before it listened; its last lines above say why."));
    }

    /// <summary>The address of gRPC.</summary>
    public Uri Grpc => _heard[1];

    /// <summary>The processor time that the host has used since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private Uri Http => _heard[0];

    /// <summary>Starts a host and waits until its model is warm.</summary>
    /// <param name="repository">The model repository.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RankerProcess> StartAsync(string repository, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "agentrec-ranker.dll"), "--repository", repository, "--http-port", "0", "--grpc-port", "0"])
            start.ArgumentList.Add(argument);
        var host = new RankerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        try
        {
            host._process.Start();
            host._process.BeginOutputReadLine();
            host._process.BeginErrorReadLine();
            await host._listening.Task.WaitAsync(StartLimit, cancellationToken);
            await host.ReadyAsync(cancellationToken).WaitAsync(StartLimit, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many requests the host ran together on average, by its own metrics.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<double> RequestsPerRunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Http };
        var metrics = await http.GetStringAsync("/metrics", cancellationToken);
        return Value("ranker_batch_requests_sum") / Value("ranker_batch_requests_count");

        double Value(string name) => double.Parse(
            metrics.Split('\n').First(line => line.StartsWith($"{name}{{", StringComparison.Ordinal)).Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Http };
        while (!(await http.GetAsync("/v2/health/ready", cancellationToken)).IsSuccessStatusCode)
            await Task.Delay(Between, cancellationToken);
    }

    private void Hear(string? line)
    {
        if (line is null || Listening().Match(line) is not { Success: true } found)
            return;
        // HTTP is listened on first.
        _heard.Add(new Uri(found.Groups["address"].Value));
        if (_heard.Count == Addresses)
            _listening.TrySetResult();
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
