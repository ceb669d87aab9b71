using AgentRec.Grains.Serving;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Vectors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Silo.Vectors;

/// <summary>
/// Keeps the external vector index up to what is served: after the start, when a model becomes active, when items are put, and when
/// the index has lost its collection. Nobody waits for it; the silo's own index answers until the other is complete.
/// </summary>
/// <param name="tenants">What is served.</param>
/// <param name="route">Hears when the external index is complete.</param>
/// <param name="filling">Fills.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of the work and its failures.</param>
internal sealed partial class VectorFilling(
    ServedTenants tenants, VectorRoute route, CollectionFilling filling, TimeProvider time, ILogger<VectorFilling> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ServingState> _filled = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var wait = LookAgain;
            foreach (var tenant in tenants.All)
            {
                if (!await TryAsync(tenant.Serving.Current, stoppingToken))
                    wait = RetryAfter;
            }
            await Task.Delay(wait, time, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(ServingState state, CancellationToken cancellationToken)
    {
        if (!state.IsReady || route.IsComplete(state))
            return true;
        // What was filled helps only while the collection is still the same: of this model, and not lost.
        var known = _filled.Remove(state.Tenant, out var filled) && filled.Version == state.Version && route.IsComplete(filled) ? filled : null;
        if (!await FillAsync(state, known, cancellationToken))
            return false;
        _filled[state.Tenant] = state;
        return true;
    }

    private async Task<bool> FillAsync(ServingState state, ServingState? filled, CancellationToken cancellationToken)
    {
        try
        {
            var written = await filling.FillAsync(state, filled, cancellationToken);
            route.Complete(state);
            LogFilled(state.Version, state.Catalogue.Count, written);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was must not end the silo: its own index goes on answering.
            LogFillingFailed(exception, state.Version);
            return false;
        }
    }

    [LoggerMessage(EventName = "VectorsFilled", Level = LogLevel.Information, Message = "The vector index answers for model {Version} with {Items} items, {Written} of them written now")]
    private partial void LogFilled(string version, int items, int written);

    [LoggerMessage(EventName = "VectorFillingFailed", Level = LogLevel.Warning, Message = "The vector index is not complete for model {Version}; the silo's own index answers, and filling is tried again")]
    private partial void LogFillingFailed(Exception exception, string version);
}
