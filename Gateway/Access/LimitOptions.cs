using System.ComponentModel.DataAnnotations;

namespace AgentRec.Gateway.Access;

/// <summary>How much one tenant may ask of one gateway. A cluster of several gateways lets through as many times as much.</summary>
public class TenantLimit
{
    /// <summary>Requests a second, in the long run.</summary>
    /// <value>The default, 0, is no limit; to 1,000,000.</value>
    [Range(0, 1_000_000, ErrorMessage = "Access:Limits: RequestsPerSecond must be from 0 to 1000000.")]
    public int RequestsPerSecond { get; set; }

    /// <summary>Turns a second, in the long run: what costs most.</summary>
    /// <value>The default, 0, is no limit; to 1,000,000.</value>
    [Range(0, 1_000_000, ErrorMessage = "Access:Limits: TurnsPerSecond must be from 0 to 1000000.")]
    public int TurnsPerSecond { get; set; }

    /// <summary>So many seconds' worth may come at once after a pause.</summary>
    /// <value>The default is 2; from 1 to 3,600.</value>
    [Range(1, 3_600, ErrorMessage = "Access:Limits: BurstSeconds must be from 1 to 3600.")]
    public int BurstSeconds { get; set; } = 2;

    /// <summary>Turns in a day from the first on.</summary>
    /// <value>The default, 0, is no quota; to 1,000,000,000.</value>
    [Range(0, 1_000_000_000, ErrorMessage = "Access:Limits: TurnsPerDay must be from 0 to 1000000000.")]
    public int TurnsPerDay { get; set; }
}

/// <summary>What tenants may ask, bound to <c>Access:Limits</c>; tenants with terms of their own are under <see cref="Tenants"/>.</summary>
public sealed class LimitOptions : TenantLimit, IValidatableObject
{
    /// <summary>Terms of single tenants, which take the place of the general ones whole.</summary>
    public Dictionary<string, TenantLimit> Tenants { get; } = new(StringComparer.Ordinal);

    /// <summary>A tenant's terms.</summary>
    /// <param name="tenant">The tenant.</param>
    public TenantLimit Of(string tenant) => Tenants.GetValueOrDefault(tenant) ?? this;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        foreach (var (tenant, limit) in Tenants)
        {
            results.Clear();
            Validator.TryValidateObject(limit, new ValidationContext(limit), results, validateAllProperties: true);
            foreach (var result in results)
                yield return new ValidationResult($"{result.ErrorMessage} (tenant '{tenant}')");
        }
    }
}
