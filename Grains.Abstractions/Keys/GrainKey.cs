using System.Text;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Keys;

/// <summary>
/// The one place that makes grain keys. A key is <c>x/tenant/id</c> with tenant and id percent-encoded, so that distinct ids
/// give distinct keys, and nothing but <c>/</c> separates the parts. The leading letter says what the key names; it is no
/// hexadecimal digit, because a key that reads as a hexadecimal number would be stored as that number, and "01" would share
/// a row with "1". A <c>+</c>, which separates key extensions, cannot occur.
/// </summary>
public static class GrainKey
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(Unreserved);

    /// <summary>The key of a user agent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    public static string User(string tenant, string userId) => Make('u', tenant, userId);

    /// <summary>The key of an item agent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="itemId">The item.</param>
    public static string Item(string tenant, string itemId) => Make('i', tenant, itemId);

    /// <summary>The key of a session and of its planner.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="sessionId">The session.</param>
    public static string Session(string tenant, string sessionId) => Make('s', tenant, sessionId);

    /// <summary>The key of a policy agent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="policy">The rule set's name.</param>
    public static string Policy(string tenant, string policy) => Make('p', tenant, policy);

    /// <summary>The key of a part of a tenant's exposure ledger.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="shard">The part's number.</param>
    public static string ExposureShard(string tenant, int shard) => Make('x', tenant, shard.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The key of what a tenant has one of.</summary>
    /// <param name="tenant">The tenant.</param>
    public static string Tenant(string tenant) => Make('t', tenant, "-");

    /// <summary>The key of what speaks for a silo.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="address">The silo's address, with its generation.</param>
    public static string Silo(string tenant, string address) => Make('h', tenant, address);

    /// <summary>Reads a key back.</summary>
    /// <param name="key">A key made here.</param>
    /// <returns>Tenant and id as they were given.</returns>
    /// <exception cref="ArgumentException">The key was not made here.</exception>
    public static (string Tenant, string Id) Parse(string key)
    {
        var parts = key.Split('/');
        return parts is [{ Length: 1 }, var tenant, var id]
            ? (Uri.UnescapeDataString(tenant), Uri.UnescapeDataString(id))
            : throw new ArgumentException($"Not a grain key: '{key}'. Keys are made by {nameof(GrainKey)} only.", nameof(key));
    }

    private static string Make(char kind, string tenant, string id)
    {
        Require(tenant, nameof(tenant));
        Require(id, nameof(id));
        return $"{kind}/{Escape(tenant)}/{Escape(id)}";
    }

    private static void Require(string id, string name)
    {
        if (Identifier.Problem(id) is { } problem)
            throw new ArgumentException($"The {name} of a grain key {problem}.", name);
    }

    private static string Escape(string id)
    {
        if (!id.AsSpan().ContainsAnyExcept(Plain))
            return id;
        var escaped = new StringBuilder(id.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(id))
        {
            if (octet < 0x80 && Plain.Contains((char)octet))
                escaped.Append((char)octet);
            else
                escaped.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }
}
