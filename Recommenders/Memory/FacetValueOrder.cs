namespace AgentRec.Recommenders.Memory;

/// <summary>Ordinal order of facet, then value.</summary>
internal sealed class FacetValueOrder : IComparer<(string Facet, string Value)>
{
    public static FacetValueOrder Instance { get; } = new();

    public int Compare((string Facet, string Value) x, (string Facet, string Value) y)
    {
        var facet = string.CompareOrdinal(x.Facet, y.Facet);
        return facet != 0 ? facet : string.CompareOrdinal(x.Value, y.Value);
    }
}
