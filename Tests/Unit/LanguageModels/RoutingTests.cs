using AgentRec.Domain;
using AgentRec.Grains.Sessions.Advice;
using AgentRec.Language;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Tests.Unit.LanguageModels;

/// <summary>Only what needs a model is sent to one.</summary>
public sealed class RoutingTests
{
    private static readonly RequestReader Reader = new(Vocabulary.Of([new Item("1", "Heat", null, Item.NoFacets.Add("genre", ["Crime"]).Add("year", ["1995"]), null)]));

    [Theory]
    [InlineData("crime from the 90s", Routing.Read)]
    [InlineData("what should I watch tonight?", Routing.Read)]
    [InlineData("just show me something good for me please", Routing.Read)]
    [InlineData("wobbly crime", Routing.Unread)]
    [InlineData("could you show me something that is good for me", Routing.Uncertain)]
    public void Of_AMessage_IsAskedAboutWhereTheGrammarFailed(string message, string route) => Assert.Equal(route, Routing.Of(message, Reader.Read(message, [])));
}
