using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Storage.Records;

/// <summary>How causes of activations are written.</summary>
internal static class ActivationCauses
{
    private static readonly ImmutableArray<(ActivationCause Cause, string Name)> Known =
    [
        (ActivationCause.Train, "train"), (ActivationCause.Request, "request"), (ActivationCause.Rollback, "rollback"), (ActivationCause.Forced, "forced"),
        (ActivationCause.Erasure, "erasure"),
    ];

    /// <summary>The name of a cause.</summary>
    /// <param name="cause">The cause.</param>
    public static string NameOf(ActivationCause cause) => Known.First(known => known.Cause == cause).Name;

    /// <summary>The cause of a name.</summary>
    /// <param name="name">The name, as it was written.</param>
    public static ActivationCause Parse(string name) => Known.First(known => string.Equals(known.Name, name, StringComparison.Ordinal)).Cause;
}
