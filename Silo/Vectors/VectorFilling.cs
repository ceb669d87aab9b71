using AgentRec.Grains.Serving;
using AgentRec.Grains.Vectors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Silo.Vectors;

/// <summary>
/// Keeps the external vector index up to what is served: after the start, when a model becomes active, when items are put, and when
/// the index has lost its collection. Nobody waits for it; the silo's own index answers until the other is complete.
/// </summary>
/// <param name="serving">What is served.</param>
/// <param name="route">Hears when the external index is complete.</param>
/// <param name="filling">Fills.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of the work and its failures.</param>
internal sealed partial class VectorFilling(
    ServingHost serving, VectorRoute route, CollectionFilling filling, TimeProvider time, ILogger<VectorFilling> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ServingState? filled = null;
        while (true)
        {
            var state = serving.Current;
            var wait = LookAgain;
            if (state.IsReady && !route.IsComplete(state))
            {
                // What was filled helps only while the collection is still the same: of this model, and not lost.
                var known = filled is not null && filled.Version == state.Version && route.IsComplete(filled) ? filled : null;
                filled = await FillAsync(state, known, stoppingToken) ? state : null;
                wait = filled is null ? RetryAfter : LookAgain;
            }
            await Task.Delay(wait, time, stoppingToken);
        }
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
