using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Policies;

/// <summary>The only writer of rule sets; keeps every version. Key: <see cref="Keys.GrainKey.Tenant"/>.</summary>
[Alias("agentrec.IPolicyRegistryGrain")]
public interface IPolicyRegistryGrain : IGrainWithStringKey
{
    /// <summary>Checks a rule set and stores it as the next version of its name; when this has answered, every new turn uses it.</summary>
    /// <param name="name">The rule set's name.</param>
    /// <param name="content">The rule set as JSON or YAML.</param>
    [Alias("Put"), AnyRoute, ResponseTimeout("00:02:00")]
    Task<PolicyPutOutcome> Put(string name, string content);

    /// <summary>Checks a rule set as <see cref="Put"/> does, and stores nothing.</summary>
    /// <param name="name">The rule set's name.</param>
    /// <param name="content">The rule set as JSON or YAML.</param>
    /// <returns>The rule set as it would be stored, with the version it would get; or what is wrong with it.</returns>
    [Alias("Check"), AnyRoute]
    Task<PolicyPutOutcome> Check(string name, string content);

    /// <summary>Reads a rule set.</summary>
    /// <param name="name">The rule set's name.</param>
    /// <param name="version">The version; null: the newest.</param>
    /// <returns>Null when there is none.</returns>
    [Alias("Get"), AnyRoute]
    Task<PolicyView?> Get(string name, int? version);

    /// <summary>Reads the newest version of every rule set, by name.</summary>
    [Alias("List"), AnyRoute]
    Task<ImmutableArray<PolicyView>> List();
}

/// <summary>A rule set as a client sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Content">The whole rule set, <c>version</c> included, as JSON.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyView")]
public sealed record PolicyView([property: Id(0)] string Name, [property: Id(1)] int Version, [property: Id(2)] string Content);

/// <summary>The answer to a rule set that was put.</summary>
/// <param name="Stored">The stored version; null when the rule set is invalid.</param>
/// <param name="Errors">What is wrong with it: path within the rule set and message.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyPutOutcome")]
public sealed record PolicyPutOutcome([property: Id(0)] PolicyView? Stored, [property: Id(1)] ImmutableArray<RuleSetError> Errors);
