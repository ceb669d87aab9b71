using System.Net;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Access;

/// <summary>What is on the node's own machine.</summary>
internal static class Locality
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>True for a caller on this machine. A proxy on it makes the whole world look local, so a forwarded request is not.</summary>
    /// <param name="http">The request.</param>
    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !Forwarding.Any(http.Request.Headers.ContainsKey);

    /// <summary>True for an address that only this machine reaches.</summary>
    /// <param name="url">Where a server listens.</param>
    public static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
