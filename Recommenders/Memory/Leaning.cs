namespace AgentRec.Recommenders.Memory;

/// <summary>What <see cref="Affinity"/> says, as a value whose facet and value are a number of <see cref="FacetVocabulary"/>.</summary>
internal readonly record struct Leaning(int Number, int Count, long At, double Signal, double Mass)
{
    public static Leaning Of(Affinity affinity) =>
        new(FacetVocabulary.Number(affinity.Facet, affinity.Value), affinity.Count, affinity.At, affinity.Signal, affinity.Mass);

    public Affinity ToAffinity()
    {
        var (facet, value) = FacetVocabulary.Pair(Number);
        return new Affinity(facet, value, Signal, Mass, Count, At);
    }
}
