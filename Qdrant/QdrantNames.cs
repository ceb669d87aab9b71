using System.Security.Cryptography;
using System.Text;
using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Qdrant;

/// <summary>
/// Names of collections: <c>prefix.tenant.name.build</c> for a build, and the alias <c>prefix.tenant.name</c> for the one that is
/// served. Parts hold no dot, so that no tenant's names begin with another's.
/// </summary>
/// <param name="prefix">What all names begin with.</param>
internal sealed class QdrantNames(string prefix)
{
    private const int LongestPlain = 40;

    /// <summary>The name under which a collection is asked: its alias, or the build that is meant.</summary>
    public string Of(VectorCollection collection) => collection.Build is null ? Alias(collection) : Build(collection);

    /// <summary>The alias of a collection.</summary>
    public string Alias(VectorCollection collection) => $"{OfTenant(collection.Tenant)}{Part(collection.Name)}";

    /// <summary>The collection of a build.</summary>
    public string Build(VectorCollection build) => $"{Alias(build)}.{build.RequiredBuild}";

    /// <summary>What the names of a tenant's collections and aliases begin with.</summary>
    public string OfTenant(string tenant) => $"{prefix}.{Part(tenant)}.";

    /// <summary>The text itself where it is plain and short, else what is plain in it with a digest; only digests follow a '_'.</summary>
    private static string Part(string text)
    {
        if (text.Length is > 0 and <= LongestPlain && text.All(IsPlain))
            return text;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        return $"{new string([.. text.Where(IsPlain).Take(LongestPlain - 16)])}_{digest}";
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-';
}
