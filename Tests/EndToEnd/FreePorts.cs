using System.Net;
using System.Net.Sockets;

namespace AgentRec.Tests.EndToEnd;

/// <summary>
/// Loopback ports for processes that tests start. They lie below those that the system hands out by itself: nobody else is given one
/// between its choice here and its use there.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 10_000;

    // Two runs of the tests at once begin at different places.
    private static int _next = Environment.ProcessId % Count;

    /// <summary>Chooses a port that nobody listens on, each time another one.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // It is taken.
            }
        }
        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free on loopback.");
    }
}
