using System.Globalization;
using System.Text.Json;
using AgentRec.Benchmarks.Processes;
using AgentRec.Benchmarks.Turns;

namespace AgentRec.Benchmarks.Cluster;

/// <summary>One way to run the same system: its processes, on a database of its own, with a session of every user open.</summary>
internal sealed class Shape : IAsyncDisposable
{
    private const string Node = "agentrec.dll";
    private const string Silo = "AgentRec.Silo.dll";
    private const string Gateway = "AgentRec.Gateway.dll";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly List<ServerProcess> _processes = [];
    private TurnClient? _client;
    private Visits? _visits;
    private long _turns;

    private Shape(string name) => Name = name;

    /// <summary>What it is called in the report.</summary>
    public string Name { get; }

    /// <summary>The processor time that all its processes, the database's not among them, have used.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(_processes.Sum(process => process.ProcessorTime.Ticks));

    /// <summary>The memory of all its processes in the RAM of the machine, in MiB.</summary>
    public double ResidentMebibytes => _processes.Sum(process => process.ResidentMebibytes);

    /// <summary>Silo and gateway in one process.</summary>
    /// <param name="settings">What it finds in its environment: the database and its terms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Shape> OneAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        StartAsync("all in one process", async shape => await shape.AddAsync("node", Node, ["up", "--store", "postgresql"], settings, 1, cancellationToken));

    /// <summary>Silos and a gateway, each a process.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="settings">What they find in their environment: the database and its terms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Shape> SeveralAsync(int silos, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        StartAsync(string.Create(CultureInfo.InvariantCulture, $"{silos} silos and a gateway"), async shape =>
        {
            await shape.AddAsync("silo", Silo, [], settings, silos, cancellationToken);
            await shape.AddAsync("gateway", Gateway, [], settings, 1, cancellationToken);
        });

    /// <summary>Opens a session of every user.</summary>
    /// <param name="users">The users.</param>
    /// <param name="loops">How many loops will take turns at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(IEnumerable<string> users, int loops, CancellationToken cancellationToken)
    {
        _client = new TurnClient(_processes[^1].Address, loops);
        var opened = new List<string>();
        foreach (var user in users)
            opened.Add(await _client.OpenAsync(user, cancellationToken));
        _visits = new Visits(opened, loops);
    }

    /// <summary>Takes the next turn of a loop, under an id of its own, so that a gateway may repeat what a busy silo did not answer.</summary>
    /// <param name="loop">The loop's number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, and how long the client waited for it.</returns>
    public Task<(byte[] Answer, TimeSpan Took)> TurnAsync(int loop, CancellationToken cancellationToken) => _client!.TimedTurnAsync(
        _visits!.Next(loop), JsonSerializer.SerializeToUtf8Bytes(new { turnId = string.Create(CultureInfo.InvariantCulture, $"turn-{Interlocked.Increment(ref _turns)}") }), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        // The gateway first: it has somebody to talk to until it ends.
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
    }

    private static async Task<Shape> StartAsync(string name, Func<Shape, Task> start)
    {
        var shape = new Shape(name);
        try
        {
            await start(shape);
            return shape;
        }
        catch
        {
            await shape.DisposeAsync();
            throw;
        }
    }

    private async Task AddAsync(
        string name, string program, string[] arguments, IReadOnlyDictionary<string, string> settings, int count, CancellationToken cancellationToken)
    {
        ServerProcess[] added = [.. Enumerable.Range(0, count).Select(_ => ServerProcess.Start(name, program, arguments, settings))];
        _processes.AddRange(added);
        await Task.WhenAll(added.Select(process => process.ReadyAsync(StartLimit, cancellationToken)));
    }
}
