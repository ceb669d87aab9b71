namespace AgentRec.Grains.Abstractions.Access;

/// <summary>What a caller may do. <see cref="Admin"/> includes all others; those include nothing but themselves.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read items, policies, models and certificates; verify certificates.</summary>
    Read = 1,

    /// <summary>Serve visitors: sessions, turns, feedback, and what is remembered of a user.</summary>
    Sessions = 2,

    /// <summary>Bring data: interactions and items.</summary>
    Ingest = 4,

    /// <summary>Operate: policies, models, windows of certificates and access keys.</summary>
    Admin = 8,
}

/// <summary>The scopes' names on the wire, on the command line and in the store.</summary>
public static class AccessScopeNames
{
    private static readonly (AccessScopes Scope, string Name)[] Names =
        [(AccessScopes.Sessions, "sessions"), (AccessScopes.Ingest, "ingest"), (AccessScopes.Admin, "admin"), (AccessScopes.Read, "read")];

    /// <summary>All names, separated by commas.</summary>
    public static string All { get; } = string.Join(", ", Names.Select(known => known.Name));

    /// <summary>Says whether scopes are enough for a call.</summary>
    /// <param name="granted">The caller's scopes.</param>
    /// <param name="needed">The call's scope.</param>
    public static bool Allow(this AccessScopes granted, AccessScopes needed) => (granted & (needed | AccessScopes.Admin)) is not AccessScopes.None;

    /// <summary>The names of some scopes, always in the same order.</summary>
    /// <param name="scopes">The scopes.</param>
    public static IReadOnlyList<string> NamesOf(AccessScopes scopes) =>
        [.. Names.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name, exactly.</param>
    /// <returns><see cref="AccessScopes.None"/> for an unknown one.</returns>
    public static AccessScopes Parse(string name) =>
        Array.Find(Names, known => string.Equals(known.Name, name, StringComparison.Ordinal)).Scope;
}
