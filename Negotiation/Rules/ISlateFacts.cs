using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// What a rule reads of a slate. The same rule reads the catalogue while a slate is negotiated and the witnesses of a
/// certificate when it is verified.
/// </summary>
internal interface ISlateFacts
{
    int Length { get; }

    string ItemId(int place);

    ImmutableArray<string> Values(int place, string facet);

    /// <summary>The user's history, where it may be asked.</summary>
    IPrivateFacts? History { get; }
}

/// <summary>A slate of catalogue items.</summary>
internal sealed class CatalogueSlate(IReadOnlyList<int> handles, IFacetSource facets, IPrivateFacts? history) : ISlateFacts
{
    public int Length => handles.Count;

    public IPrivateFacts? History => history;

    public string ItemId(int place) => facets.Item(handles[place]).ItemId;

    public ImmutableArray<string> Values(int place, string facet) => facets.Values(handles[place], facet);
}

/// <summary>A slate as a certificate witnesses it.</summary>
internal sealed class WitnessedSlate(ImmutableArray<Witness> witnesses, IPrivateFacts? history) : ISlateFacts
{
    public int Length => witnesses.Length;

    public IPrivateFacts? History => history;

    public string ItemId(int place) => witnesses[place].ItemId;

    public ImmutableArray<string> Values(int place, string facet) =>
        witnesses[place].Facets.TryGetValue(facet, out var values) ? values : [];
}
