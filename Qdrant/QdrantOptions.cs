using System.ComponentModel.DataAnnotations;

namespace AgentRec.Qdrant;

/// <summary>Where Qdrant is, and how long it is waited for: the section <c>Tools:Vectors</c>.</summary>
public sealed class QdrantOptions : IValidatableObject
{
    /// <summary>Where Qdrant's REST API is, such as <c>http://qdrant:6333</c>.</summary>
    /// <value>The default is <c>http://127.0.0.1:6333</c>; an absolute http or https address without query.</value>
    public string Endpoint { get; set; } = "http://127.0.0.1:6333";

    /// <summary>The key that is sent in the header <c>api-key</c>.</summary>
    /// <value>The default is none. The key needs the right to write, and to manage collections and aliases.</value>
    public string? ApiKey { get; set; }

    /// <summary>What the names of all collections begin with, so that several deployments can share a server.</summary>
    /// <value>The default is <c>agentrec</c>; 1 to 40 of a-z, 0-9 and '-'.</value>
    [RegularExpression("^[a-z0-9-]{1,40}$", ErrorMessage = "Tools:Vectors:Prefix must be 1 to 40 of a-z, 0-9 and '-'.")]
    public string Prefix { get; set; } = "agentrec";

    /// <summary>Whether queries compare with every vector that passes the filter rather than with those that the graph index leads to.</summary>
    /// <value>The default is false.</value>
    public bool Exact { get; set; }

    /// <summary>How many milliseconds a query may take, retries included.</summary>
    /// <value>The default is 400, a little less than the planner waits for a tool; from 20 to 60,000.</value>
    [Range(20, 60_000)]
    public int QueryTimeoutMilliseconds { get; set; } = 400;

    /// <summary>How many milliseconds each attempt to write, count or read pages may take.</summary>
    /// <value>The default is 30,000; from 10 to 600,000.</value>
    [Range(10, 600_000)]
    public int WriteTimeoutMilliseconds { get; set; } = 30_000;

    /// <summary>How often a call that failed is tried again.</summary>
    /// <value>The default is 2; from 0 to 10.</value>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>How many milliseconds the first retry waits; each further one waits twice as long.</summary>
    /// <value>The default is 20; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int RetryDelayMilliseconds { get; set; } = 20;

    /// <summary>After half of at least this many calls within ten seconds failed, none is made for five seconds.</summary>
    /// <value>The default is 10; from 2 to 1,000.</value>
    [Range(2, 1_000)]
    public int BreakAfterCalls { get; set; } = 10;

    /// <summary>How many points are put in one request.</summary>
    /// <value>The default is 256; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 256;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.UserInfo.Length > 0)
            yield return new ValidationResult("Tools:Vectors:Endpoint must be an absolute http or https address without query and user, such as http://qdrant:6333.", [nameof(Endpoint)]);
        if (ApiKey is not null && (ApiKey.Length == 0 || !ApiKey.All(character => character is > ' ' and <= '~')))
            yield return new ValidationResult("Tools:Vectors:ApiKey must consist of printable ASCII characters without blanks; leave it out where Qdrant asks for none.", [nameof(ApiKey)]);
    }
}
