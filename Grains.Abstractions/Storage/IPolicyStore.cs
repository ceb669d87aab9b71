namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>Every version of every rule set; none is ever deleted.</summary>
public interface IPolicyStore
{
    /// <summary>Stores a rule set as the next version of its name, durably. The content of the newest version again changes nothing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">The rule set's name.</param>
    /// <param name="content">The rule set without its version, as canonical JSON.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The version that holds this content, from 1.</returns>
    ValueTask<StoredPolicy> PutAsync(string tenant, string name, string content, CancellationToken cancellationToken);

    /// <summary>Reads one version of a rule set.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">The rule set's name.</param>
    /// <param name="version">The version; null: the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The rule set, or null when there is none.</returns>
    ValueTask<StoredPolicy?> GetAsync(string tenant, string name, int? version, CancellationToken cancellationToken);

    /// <summary>Reads the newest version of every rule set, by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<StoredPolicy>> ListAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>One version of a rule set as stored.</summary>
/// <param name="Name">The rule set's name.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Content">The rule set without its version, as canonical JSON.</param>
[GenerateSerializer, Immutable, Alias("agentrec.StoredPolicy")]
public sealed record StoredPolicy([property: Id(0)] string Name, [property: Id(1)] int Version, [property: Id(2)] string Content);
