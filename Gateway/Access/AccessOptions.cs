using System.ComponentModel.DataAnnotations;

namespace AgentRec.Gateway.Access;

/// <summary>Who may call, bound to the section <c>Access</c> and checked at start.</summary>
public sealed class AccessOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Access";

    /// <summary>Who is served.</summary>
    /// <value>The default is <see cref="AccessMode.Auto"/>.</value>
    [EnumDataType(typeof(AccessMode), ErrorMessage = "Access:Mode must be 'auto', 'open' or 'closed'.")]
    public AccessMode Mode { get; set; }

    /// <summary>Whose tokens are taken beside access keys.</summary>
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>How much tenants may ask.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>For how many seconds a gateway believes what it was told of a key: a revoked one is refused everywhere after as long. Where the cluster does not answer, what it said counts for half a minute longer.</summary>
    /// <value>The default is 10; from 1 to 300.</value>
    [Range(1, 300, ErrorMessage = "Access:CacheSeconds must be from 1 to 300.")]
    public int CacheSeconds { get; set; } = 10;

    /// <summary>
    /// How many ids of keys that it does not know a gateway asks the cluster about within <see cref="CacheSeconds"/>; beyond, such
    /// callers are answered 503, so that a flood of invented keys stays at the gateway. Keys that it knows are not concerned.
    /// </summary>
    /// <value>The default is 1,000; from 10 to 1,000,000.</value>
    [Range(10, 1_000_000, ErrorMessage = "Access:MaximumUnknownKeys must be from 10 to 1000000.")]
    public int MaximumUnknownKeys { get; set; } = 1_000;
}
