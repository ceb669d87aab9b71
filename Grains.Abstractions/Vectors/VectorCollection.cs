namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>
/// Names a collection of item vectors. Vectors compare only with vectors of the model that made them: a collection belongs to one
/// tenant and one model, and no query ever meets vectors of another.
/// </summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Name">The name, such as the version of the model.</param>
/// <param name="Build">
/// One build of the collection, which is filled beside the one that is served; null for the one that is served. 1 to 40 of the
/// characters <c>a</c> to <c>z</c>, <c>0</c> to <c>9</c> and <c>-</c>.
/// </param>
public sealed record VectorCollection(string Tenant, string Name, string? Build = null)
{
    private const int LongestBuild = 40;

    /// <summary>The name of the build.</summary>
    /// <exception cref="ArgumentException">No build is named, or not as builds may be.</exception>
    public string RequiredBuild =>
        Build is { Length: > 0 and <= LongestBuild } && Build.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-')
            ? Build
            : throw new ArgumentException($"The build '{Build}' of collection '{Name}' is no name for one: use 1 to {LongestBuild} of a-z, 0-9 and '-'.", nameof(Build));
}
