using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace AgentRec.LanguageModel.Traffic;

/// <summary>Names exchanges by what was asked and how often it was asked before: the same run asks the same in the same order.</summary>
internal sealed class TrafficKeys
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>The name of a request, and its number among those that are the same, from 1.</summary>
    /// <param name="request">Its body.</param>
    public (string Digest, int Number) Next(byte[] request)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(request))[..32];
        return (digest, _asked.AddOrUpdate(digest, 1, static (_, count) => count + 1));
    }

    /// <summary>The file of an exchange.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="digest">The digest of the request.</param>
    /// <param name="number">Its number.</param>
    public static string File(string folder, string digest, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{digest}-{number:D4}.json"));
}
