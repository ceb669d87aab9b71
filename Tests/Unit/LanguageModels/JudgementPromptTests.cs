using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.LanguageModel.Judging;

namespace AgentRec.Tests.Unit.LanguageModels;

public sealed class JudgementPromptTests
{
    private static readonly JudgementTask Task = new(
        new LanguageParty("default", "u", "s"), "v", "Somebody.", ["Old Film"],
        [Item("One", isKnown: false), Item("Two", isKnown: true), Item("Three", isKnown: false)]);

    [Fact]
    public void Read_ALookAtTwoPlaces_LeavesTheThirdUnread()
    {
        var read = JudgementPrompt.Read("""{"read": [{"id": "p1", "rating": 4.5}, {"id": "p2", "rating": null}]}""", Task);

        Assert.Equal([new JudgedPlace(true, 4.5), new JudgedPlace(true, null), new JudgedPlace(false, null)], read.Value!.Places.AsEnumerable());
    }

    [Theory]
    [InlineData("good evening", "no JSON")]
    [InlineData("[]", "\"read\"")]
    [InlineData("""{"read": [{"id": "p4", "rating": 1}]}""", "no \"id\" of the page")]
    [InlineData("""{"read": [{"rating": 1}]}""", "no \"id\" of the page")]
    [InlineData("""{"read": ["p1"]}""", "no \"id\" of the page")]
    [InlineData("""{"read": [{"id": "p1", "rating": null}, {"id": "p1", "rating": 5}]}""", "p1 twice")]
    [InlineData("""{"read": [{"id": "p1"}]}""", "a number or null")]
    [InlineData("""{"read": [{"id": "p1", "rating": "5"}]}""", "a number or null")]
    [InlineData("""{"read": [{"id": "p1", "rating": 4.2}]}""", "in halves")]
    [InlineData("""{"read": [{"id": "p1", "rating": 1e999}]}""", "in halves")]
    [InlineData("""{"read": [{"id": "p1", "rating": 0}]}""", "in halves")]
    [InlineData("""{"read": [{"id": "p2", "rating": 3}]}""", "known already")]
    public void Read_AnAnswerThatCannotBe_SaysWhatIsWrong(string answer, string problem)
    {
        var read = JudgementPrompt.Read(answer, Task);

        Assert.Null(read.Value);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }

    private static JudgedItem Item(string title, bool isKnown) => new(title, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, isKnown);
}
