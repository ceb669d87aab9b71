using AgentRec.Domain;
using AgentRec.Grains.Sessions.Advice;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.Grains;

public sealed class CatalogueTermsTests
{
    [Fact]
    public void Outlines_OfFacetsWithoutValues_AreLeftOut_AndNobodyReadsItemIds()
    {
        // Nothing of these years makes a decade, and a facet called item is the derived one, which holds ids.
        var catalogue = Catalogue.Create(
        [
            new Item("shop-1", "A chair", null, Item.NoFacets.Add("year", ["c. 1990"]).Add("item", ["chair"]), null),
            new Item("shop-2", "A table", null, Item.NoFacets.Add("year", ["2019/20"]).Add("colour", ["red"]), null),
        ]);

        var terms = new CatalogueTerms(catalogue);

        Assert.Equal(["colour", "year"], terms.Outlines.Select(outline => outline.Name));
        Assert.NotNull(terms.Problem([new Constraint("item", ConstraintOperator.Eq, ["shop-1"], ConstraintStrength.Hard, null)], [], 1));
    }
}
