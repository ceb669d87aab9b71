using System.Diagnostics;
using System.Globalization;
using AgentRec.Storage;
using Npgsql;

namespace AgentRec.Tests.PostgreSql;

/// <summary>
/// A PostgreSQL server of the tests' own: a new data folder, a Unix socket and no network, one password, and every commit on disk.
/// It ends with the process that started it, however that ends.
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    public const string Password = "hunter2-appears-nowhere";

    private const string User = "tester";
    private const int Port = 5432;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartAsync);

    // Waits for the end of this process, which closes its input, then stops the server and removes the folder. It is in a session of
    // its own and nobody's child: who ends this process may end all of its children with it.
    private const string Guard =
        """
        cat > /dev/null
        server=$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null) && kill -QUIT "$server"
        while [ -n "$server" ] && kill -0 "$server" 2> /dev/null; do sleep 0.05; done
        rm -rf "$0" || { sleep 1; rm -rf "$0"; }
        """;

    private readonly string _folder;
    private readonly Process _guard;
    private Process _process;
    private int _databases;

    private PostgreSqlServer(string folder)
    {
        (_folder, _process) = (folder, Launch(folder));
        _guard = Start("setsid", ["--fork", "sh", "-c", Guard, folder]);
    }

    /// <summary>The folder of Debian's server programs; null where they are not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin))!, CultureInfo.InvariantCulture)).FirstOrDefault()
        : null;

    /// <summary>The server that all tests of a run share, each in a database of its own.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => Shared.Value;

    /// <summary>Starts a server that a test may stop.</summary>
    public static async Task<PostgreSqlServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("agentrec-pg-").FullName;
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, Password);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "-R", "postgres", folder);
        var (program, arguments) = AsServer(
            Path.Combine(Programs!, "initdb"), "--pgdata", Path.Combine(folder, "data"), "--username", User, "--pwfile", password,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await RunAsync(program, arguments);
        var server = new PostgreSqlServer(folder);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>Makes a database.</summary>
    /// <param name="copied">The connection string of the database to copy, which nobody may use meanwhile; null: an empty one.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? copied = null)
    {
        var template = copied is null ? "template0" : new NpgsqlConnectionStringBuilder(copied).Database;
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Options of a store on a database.</summary>
    public static StoreOptions Options(string connectionString, string models) => new()
    {
        Provider = StoreProvider.PostgreSql, ConnectionString = connectionString, ModelDirectory = models, MaximumConnections = 12,
    };

    /// <summary>Stops the server as a power cut would: nothing is finished and nothing is written.</summary>
    public async Task StopImmediatelyAsync() => await SignalAsync("-QUIT");

    /// <summary>Starts the server again, which recovers what was committed.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch(_folder);
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await SignalAsync("-INT");
        _process.Dispose();
        _guard.StandardInput.Close();
        _guard.Dispose();
    }

    /// <summary>The server refuses to run as root: then it becomes the user of its package, without a process in between.</summary>
    private static (string Program, string[] Arguments) AsServer(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--init-groups", program, .. arguments])
            : (program, arguments);

    private static Process Launch(string folder)
    {
        var (program, arguments) = AsServer(
            Path.Combine(Programs!, "postgres"), "-D", Path.Combine(folder, "data"), "-k", folder, "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "shared_buffers=32MB", "-c", "max_connections=200",
            "-c", "max_wal_size=256MB", "-c", "autovacuum_naptime=10s");
        var process = Start(program, arguments);
        // Read, so that a full pipe never stops the server.
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/",
        })
        ?? throw new InvalidOperationException($"{program} could not be started.");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await output}{await error}");
    }

    private async Task SignalAsync(string signal)
    {
        await RunAsync("kill", signal, _process.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    private async Task AnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{ConnectionString("postgres")};Pooling=false");
                await connection.OpenAsync(patience.Token);
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private string ConnectionString(string database) => $"Host={_folder};Port={Port};Username={User};Password={Password};Database={database}";
}
