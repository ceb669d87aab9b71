using System.Net;
using System.Net.NetworkInformation;

namespace AgentRec.Silo.Clustering;

/// <summary>Finds the address at which a machine is reached.</summary>
internal static class MachineAddress
{
    /// <summary>The addresses of this machine.</summary>
    public static IEnumerable<IPAddress> OfThisMachine() =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(static one => one.GetIPProperties().UnicastAddresses).Select(static one => one.Address);

    /// <summary>Finds an address.</summary>
    /// <param name="text">An address, or a network such as <c>10.1.0.0/16</c>.</param>
    /// <param name="candidates">The addresses of the machine, which count for a network.</param>
    /// <returns>The address; null where the text is neither, or the machine has no address in the network, or several.</returns>
    public static IPAddress? Find(string text, IEnumerable<IPAddress> candidates)
    {
        if (IPAddress.TryParse(text, out var address))
            return address;
        return IPNetwork.TryParse(text, out var network) && candidates.Where(network.Contains).Distinct().Take(2).ToArray() is [var only] ? only : null;
    }
}
