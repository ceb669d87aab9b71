using System.Threading.Channels;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Telemetry;

namespace AgentRec.Storage;

/// <summary>Writes that wait to share a commit. It is bounded, so that who writes faster than the disk has to wait, and counts who does.</summary>
/// <typeparam name="TWork">One caller's write.</typeparam>
/// <param name="store">What the store is called in messages.</param>
internal sealed class CommitQueue<TWork>(string store)
{
    private const int Waiting = 1024;

    private readonly Channel<TWork> _channel = Channel.CreateBounded<TWork>(new BoundedChannelOptions(Waiting) { AllowSynchronousContinuations = false });

    /// <summary>What waits, for those who write.</summary>
    public ChannelReader<TWork> Reader => _channel.Reader;

    /// <summary>Hands a write over and waits until it is answered.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="work">The write.</param>
    /// <param name="answered">Ends when it is on disk or has failed.</param>
    /// <param name="cancellationToken">Gives up waiting; what is under way is written all the same.</param>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public async ValueTask<T> SubmitAsync<T>(TWork work, Task<T> answered, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(work, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException($"The {store} is closed: nothing more can be written.", exception);
        }
        StoreInstruments.Wait(1);
        try
        {
            return await answered.WaitAsync(cancellationToken);
        }
        finally
        {
            StoreInstruments.Wait(-1);
        }
    }

    /// <summary>Takes nothing more; what waits is still there to be written.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
