using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AgentRec.Benchmarks.Agents;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Benchmarks.Soak;

/// <summary>
/// Lets the same users come again and again at a low, constant rate, in a silo of this process on a temporary store, and looks every
/// minute at what stays in memory. Users have their histories when it begins; sessions last some turns, then new ones are opened.
/// </summary>
/// <param name="terms">What to run.</param>
internal sealed class SoakBenchmark(SoakTerms terms)
{
    private const string Tenant = Identifier.DefaultTenant;
    private const int History = 200;
    private const int TurnsOfASession = 4;
    private const double Mebibyte = 1_048_576;
    // Sessions that are over go to sleep within the first third of the run; users come again before they would.
    private const string IdleMinutes = "2";
    // On a machine that others use too, turns wait here and not in the silo, whose memory is what is looked at.
    private const int AtATime = 8;
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly (string Session, int Turns)[] _sessions = new (string, int)[terms.Users];
    private readonly SemaphoreSlim _free = new(AtATime);
    private long _opened;
    private long _taken;
    private long _failed;
    private long _late;

    /// <summary>Runs.</summary>
    /// <param name="seen">Hears of every minute.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<SoakReport> RunAsync(Action<SoakMinute> seen, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("agentrec-soak-");
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder.FullName, TimeProvider.System, cancellationToken);
            await SampleSilo.FillAsync(store, terms.Users, History, cancellationToken);
            using var host = await SampleSilo.StartAsync(store, IdleMinutes, cancellationToken);
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            var empty = SampleSilo.Heap();
            var minutes = ImmutableArray.CreateBuilder<SoakMinute>();
            var load = LoadAsync(grains, cancellationToken);
            using (var timer = new PeriodicTimer(TimeSpan.FromMinutes(1)))
            {
                while (minutes.Count < terms.Minutes && await timer.WaitForNextTickAsync(cancellationToken))
                {
                    minutes.Add(await LookAsync(grains, minutes.Count + 1, empty));
                    seen(minutes[^1]);
                }
            }
            await load;
            await host.StopAsync(cancellationToken);
            return new SoakReport(terms, _failed, _late, minutes.ToImmutable());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<SoakMinute> LookAsync(IGrainFactory grains, int minute, double empty)
    {
        var counts = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        var heap = SampleSilo.Heap();
        var users = Count("UserAgent");
        return new SoakMinute(
            minute, Interlocked.Read(ref _taken), Math.Round(heap / Mebibyte, 1), Math.Round(Environment.WorkingSet / Mebibyte), users, Count("SessionGrain"),
            users == 0 ? 0 : Math.Round((heap - empty) / 1_024 / users, 1));

        int Count(string kind) => counts.Where(one => one.GrainType.Contains($".{kind}", StringComparison.Ordinal)).Sum(static one => one.ActivationCount);
    }

    /// <summary>Begins turns at their times until the minutes are over; a few are under way at once, and the others come late.</summary>
    private async Task LoadAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var whole = TimeSpan.FromMinutes(terms.Minutes);
        for (var turn = 0L; Stopwatch.GetElapsedTime(started) < whole; turn++)
        {
            var due = TimeSpan.FromSeconds(turn / (double)terms.Rate);
            if (due - Stopwatch.GetElapsedTime(started) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            else if (-wait > Late)
                _late++;
            await _free.WaitAsync(cancellationToken);
            _ = VisitAsync(grains, turn);
        }
        for (var i = 0; i < AtATime; i++)
            await _free.WaitAsync(cancellationToken);
    }

    private async Task VisitAsync(IGrainFactory grains, long turn)
    {
        var user = (int)(turn % terms.Users);
        try
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"user-{user}");
            var (session, turns) = _sessions[user];
            if (turns == 0)
            {
                session = string.Create(CultureInfo.InvariantCulture, $"soak-{Interlocked.Increment(ref _opened)}");
                await grains.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, session)).Open(new SessionOpening(id, null, ImmutableSortedDictionary<string, string>.Empty));
            }
            var agent = grains.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, session));
            var admission = await agent.Begin(new TurnRequest(null, null, [], TurnRequest.DefaultSlateSize, null, null, null));
            var ending = await agent.Complete(admission.Turn);
            if (ending?.Result?.Slate is not { } slate)
                throw new BenchmarkFailure($"A turn ended as {admission.Status} {ending?.Failure}.");
            var item = slate.Items[(int)(turn % slate.Items.Length)].ItemId;
            var heard = new Interaction(string.Create(CultureInfo.InvariantCulture, $"soak-{turn}"), id, item, turn % 3 == 0 ? InteractionType.Dislike : InteractionType.Like, null, TimeProvider.System.GetUtcNow());
            await grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, id)).Record([heard]);
            if (turns + 1 == TurnsOfASession)
                await agent.Close();
            _sessions[user] = (session, (turns + 1) % TurnsOfASession);
            Interlocked.Increment(ref _taken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or BenchmarkFailure)
        {
            Interlocked.Increment(ref _failed);
            _sessions[user] = default;
            await Console.Error.WriteLineAsync(exception.Message);
        }
        finally
        {
            _free.Release();
        }
    }
}
