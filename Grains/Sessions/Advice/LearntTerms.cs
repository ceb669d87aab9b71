using AgentRec.Grains.Serving;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>The terms of the catalogue that is served now, learnt once for each catalogue.</summary>
/// <param name="serving">What is served now.</param>
internal sealed class LearntTerms(ServingHost serving)
{
    private volatile Learnt? _newest;

    /// <summary>The terms. Learning them takes longer than a grain may hold its thread.</summary>
    public CatalogueTerms Current()
    {
        var catalogue = serving.Current.Catalogue;
        if (_newest is not { } learnt || learnt.Catalogue != catalogue)
            _newest = learnt = new Learnt(catalogue, new Lazy<CatalogueTerms>(() => new CatalogueTerms(catalogue)));
        return learnt.Terms.Value;
    }

    private sealed record Learnt(Catalogue Catalogue, Lazy<CatalogueTerms> Terms);
}
