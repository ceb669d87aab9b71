using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Domain;

public sealed class DomainJsonTests
{
    [Fact]
    public void Item_FacetsInAnyForm_BecomeOrderedTexts()
    {
        var item = DomainJson.Read<Item>("""{"facets":{"year":1994,"price":1e3,"b":true,"genre":["Drama",7],"A":"x","none":[],"null":null},"title":"T","itemId":"i"}""");
        Assert.Equal("""{"itemId":"i","title":"T","facets":{"A":"x","b":"true","genre":["Drama","7"],"price":"1000","year":"1994"}}""", DomainJson.Write(item));
        Assert.Same(StringComparer.Ordinal, item.Facets.KeyComparer);
    }

    [Fact]
    public void Text_WithQuotesMarkupAndAccents_IsEscapedNoMoreThanNeeded()
    {
        var json = DomainJson.Write(new Correction("genre", "<Léon's> & \"co\"\n", Attitude.Like));
        Assert.Equal("""{"facet":"genre","value":"<Léon's> & \"co\"\n","attitude":"like"}""", json);
    }

    [Fact]
    public void Constraint_ScalarAndArray_AreBothRead()
    {
        var scalar = DomainJson.Read<Constraint>("""{"facet":"year","op":"ge","value":1990,"strength":"hard"}""");
        Assert.Equal(new Constraint("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Hard, null), scalar);
        Assert.Equal("""{"facet":"year","op":"ge","value":"1990","strength":"hard"}""", DomainJson.Write(scalar));
        var several = DomainJson.Read<Constraint>("""{"strength":"soft","op":"in","value":["a",2],"facet":"f","source":"s"}""");
        Assert.Equal(new Constraint("f", ConstraintOperator.In, ["a", "2"], ConstraintStrength.Soft, "s"), several);
        Assert.Equal("""{"facet":"f","op":"in","value":["a","2"],"strength":"soft","source":"s"}""", DomainJson.Write(several));
    }

    [Fact]
    public void Collections_Absent_AreEmptyNotDefault()
    {
        var request = DomainJson.Read<TurnRequest>("""{"slateSize":5}""");
        Assert.False(request.Constraints.IsDefault);
        Assert.Empty(request.Constraints);
        var opened = DomainJson.Read<SessionOpened>("""{"sessionId":"s","seed":1}""");
        Assert.Empty(opened.Context);
        Assert.Same(StringComparer.Ordinal, opened.Context.KeyComparer);
        Assert.Empty(DomainJson.Read<Item>("""{"itemId":"i","title":"t"}""").Facets);
    }

    [Theory]
    [InlineData("\"2024-05-01T18:30:00Z\"", "\"2024-05-01T18:30:00Z\"")]
    [InlineData("\"2024-05-01T18:30:00.1239999+02:00\"", "\"2024-05-01T16:30:00.123Z\"")]
    [InlineData("\"2024-05-01T18:30:00\"", "\"2024-05-01T18:30:00Z\"")]
    [InlineData("\"2024-05-01\"", "\"2024-05-01T00:00:00Z\"")]
    [InlineData("964982703", "\"2000-07-30T18:45:03Z\"")]
    [InlineData("964982703.25", "\"2000-07-30T18:45:03.25Z\"")]
    [InlineData("-1", "\"1969-12-31T23:59:59Z\"")]
    public void Timestamp_KnownForms_AreWrittenInUtc(string input, string output) =>
        Assert.Equal(output, JsonSerializer.Serialize(JsonSerializer.Deserialize<DateTimeOffset>(input, DomainJson.Options), DomainJson.Options));

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"01/02/2024\"")]
    [InlineData("1700000000000000")]
    [InlineData("1e400")]
    [InlineData("true")]
    [InlineData("null")]
    public void Timestamp_OtherForms_AreRefused(string input) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(input, DomainJson.Options));

    [Theory]
    [InlineData("""{"interactionId":7,"userId":"u","itemId":"i","type":"rate"}""", "$.interactionId")]
    [InlineData("""{"interactionId":"a","userId":null,"itemId":"i","type":"rate"}""", "$.userId")]
    [InlineData("""{"interactionId":"a","userId":"u","itemId":"i","type":"stare"}""", "$.type")]
    [InlineData("""{"interactionId":"a","userId":"u","itemId":"i","type":3}""", "$.type")]
    [InlineData("""{"interactionId":"a","userId":"u","itemId":"i","type":"rate","value":"4"}""", "$.value")]
    [InlineData("""{"interactionId":"a","userId":"u","itemId":"i","type":"rate","timestamp":"soon"}""", "$.timestamp")]
    [InlineData("""[1]""", "$")]
    public void Interaction_WrongTypes_AreRefusedWithAPath(string json, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => DomainJson.Read<Interaction>(json)).Path);

    [Theory]
    [InlineData("""{"userId":"u","itemId":"i","type":"rate"}""")]
    [InlineData("""{"interactionId":"a","interactionId":"b","userId":"u","itemId":"i","type":"rate"}""")]
    [InlineData("null")]
    public void Interaction_MissingOrDoubledMember_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => DomainJson.Read<Interaction>(json));

    [Theory]
    [InlineData("""{"slateSize":10,"constraints":[{"facet":"f","op":"eq","value":"a","strength":"hard"},{"facet":"f","op":"eq","value":{},"strength":"hard"}]}""", "$.constraints[1].value")]
    [InlineData("""{"slateSize":10,"constraints":[{"facet":"f","op":"eq","value":[],"strength":"hard"}]}""", "$.constraints[0].value")]
    [InlineData("""{"slateSize":10,"constraints":[{"facet":"f","op":"like","value":"x","strength":"hard"}]}""", "$.constraints[0].op")]
    [InlineData("""{"slateSize":"10"}""", "$.slateSize")]
    [InlineData("""{"slateSize":10,"constraints":null}""", "$.constraints")]
    [InlineData("""{"slateSize":10,"message":["x"]}""", "$.message")]
    public void TurnRequest_WrongTypes_AreRefusedWithAPath(string json, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => DomainJson.Read<TurnRequest>(json)).Path);

    [Theory]
    [InlineData("""[{"itemId":"a","title":"t","facets":{"x":{"y":1}}}]""")]
    [InlineData("""[{"itemId":"a","title":"t","facets":{"x":[[1]]}}]""")]
    [InlineData("""[{"itemId":"a","title":"t","facets":{"x":1e400}}]""")]
    [InlineData("""[{"itemId":"a","title":"t","facets":{"x":1,"x":2}}]""")]
    [InlineData("""[{"itemId":"a","title":"t","facets":[]}]""")]
    public void Item_WrongFacets_AreRefusedWithAPath(string json) =>
        Assert.Equal("$[0].facets", Assert.Throws<JsonException>(() => DomainJson.Read<ImmutableList<Item>>(json)).Path);

    [Fact]
    public void UserEvent_KindInAnyPlace_IsUnderstood()
    {
        var happened = DomainJson.Read<UserEvent>("""{"sessionId":"s","kind":"session-closed"}""");
        Assert.Equal(new SessionClosed("s"), happened);
        Assert.Throws<JsonException>(() => DomainJson.Read<UserEvent>("""{"kind":"riot"}"""));
    }
}
