using System.Security.Cryptography;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Import;

namespace AgentRec.Simulation;

/// <summary>What results are bound to: what a data folder says, wherever it lies and however its files are written.</summary>
internal static class DataDigest
{
    /// <summary>The SHA-256 of the items and interactions that are read from a folder, in hexadecimal.</summary>
    /// <param name="folder">The folder.</param>
    public static string Of(string folder)
    {
        var data = DataFolder.Open(folder).ReadAll(static _ => { });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in data.Items)
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(item, DomainJson.Options));
        foreach (var interaction in data.Interactions)
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(interaction, DomainJson.Options));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
