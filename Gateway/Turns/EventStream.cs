using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentRec.Gateway.Turns;

/// <summary>
/// Answers with server-sent events: <c>id</c> is the event's number, <c>event</c> its kind, <c>data</c> its JSON. The platform's
/// own result for such streams has no comments, which are what keeps a quiet stream alive.
/// </summary>
/// <param name="read">The events.</param>
/// <param name="heartbeat">How often a quiet stream says that it is alive.</param>
/// <param name="limit">How long the stream may last; the client resumes a longer one.</param>
/// <param name="time">The clock to wait by.</param>
internal sealed class EventStream(
    Func<CancellationToken, IAsyncEnumerable<TurnEvent>> read, TimeSpan heartbeat, TimeSpan limit, TimeProvider time) : IResult
{
    /// <summary>The media type of event streams.</summary>
    public const string MediaType = "text/event-stream";

    private static readonly byte[] Alive = ": alive\n\n"u8.ToArray();

    /// <summary>Answers for a stream that ends without a single event; null: it is simply empty.</summary>
    public Func<CancellationToken, Task<IResult>>? WhenEmpty { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var lasting = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lasting.Token);
        try
        {
            await Send(httpContext, either.Token);
        }
        catch (OperationCanceledException) when (lasting.IsCancellationRequested && !httpContext.RequestAborted.IsCancellationRequested)
        {
            // A response that has begun ends here; the client comes back with the id of the last event that it saw.
            if (!httpContext.Response.HasStarted)
                await Refusals.TurnFailed("timeout", null).ExecuteAsync(httpContext);
        }
    }

    private async Task Send(HttpContext context, CancellationToken cancellationToken)
    {
        await using var events = read(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            // A turn without events must not look like a stream, so the headers wait for the first event, but not for long.
            if (await Arrives(next, cancellationToken) && !await next)
            {
                if (WhenEmpty is not null)
                {
                    await (await WhenEmpty(cancellationToken)).ExecuteAsync(context);
                    return;
                }
            }
            Begin(context);
            while (true)
            {
                while (!await Arrives(next, cancellationToken))
                    await Write(context, Alive, cancellationToken);
                if (!await next)
                    return;
                await Write(context, Format(events.Current), cancellationToken);
                next = events.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator may only be disposed of when it rests.
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<bool> Arrives(Task<bool> next, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(next, Task.Delay(heartbeat, time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == next;
    }

    private static void Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private static async ValueTask Write(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>One event in the form of the protocol; data of several lines is several data fields.</summary>
    /// <param name="turnEvent">The event.</param>
    internal static byte[] Format(TurnEvent turnEvent)
    {
        var text = new StringBuilder(turnEvent.Data.Length + 64)
            .Append(CultureInfo.InvariantCulture, $"id: {turnEvent.Number}\n")
            .Append(CultureInfo.InvariantCulture, $"event: {JsonNamingPolicy.CamelCase.ConvertName(turnEvent.Kind.ToString())}\n");
        foreach (var line in turnEvent.Data.ReplaceLineEndings("\n").Split('\n'))
            text.Append("data: ").Append(line).Append('\n');
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }
}
