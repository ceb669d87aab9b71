using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Tests.Cluster;

/// <summary>Sessions that are talked to: what a message says holds in the slate, is kept, and can be taken back.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class LanguageTests(SiloFixture silo)
{
    [Fact]
    public async Task Message_WithConditions_HoldsInTheSlateStaysAndIsTakenBack()
    {
        var session = await silo.OpenAsync("talk", "viewer-020");

        var first = await SayAsync(session, "a comedy from the 90s, please");
        Assert.Equal(["genre = Comedy (comedy)", "decade = 1990s (90s)"], Written(first));
        Assert.Empty(first.NotUnderstood);
        Assert.All(Items(first), item => Assert.Equal(("Comedy", "1990s"), (Assert.Single(Values(item, "genre")), Assert.Single(Values(item, "decade")))));

        var second = await SayAsync(session, "rated above 7");
        Assert.Equal(3, second.Constraints.Length);
        Assert.All(Items(second), item =>
        {
            Assert.Equal(("Comedy", "1990s"), (Assert.Single(Values(item, "genre")), Assert.Single(Values(item, "decade"))));
            Assert.True(Number(item, "rating") > 7);
        });

        var third = await SayAsync(session, "forget the year");
        Assert.Equal(["genre", "rating"], third.Constraints.Select(one => one.Facet));
        Assert.Contains(Items(third), item => Assert.Single(Values(item, "decade")) != "1990s");
        Assert.All(Items(third), item => Assert.Contains("Comedy", Values(item, "genre")));

        Assert.Empty((await SayAsync(session, "let's start over")).Constraints);
    }

    [Fact]
    public async Task Withdraw_ByTheClient_TakesBackWhatIsKept()
    {
        var session = await silo.OpenAsync("withdraw", "viewer-021");
        await SayAsync(session, "dramas from the 80s, not rated R");

        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Withdraw = ["year", "never heard of"] });
        Assert.Equal(["genre", "maturity"], turn.Constraints.Select(one => one.Facet));

        turn = await silo.TurnAsync(session, TurnRequest.Empty with { Withdraw = ["genre"], Message = "thrillers" });
        Assert.Equal(["maturity", "genre"], turn.Constraints.Select(one => one.Facet));
    }

    [Fact]
    public async Task Message_WithANumber_SetsTheSizeOfThatSlateAlone()
    {
        var session = await silo.OpenAsync("three", "viewer-022");

        Assert.Equal(3, (await SayAsync(session, "give me three dramas")).Slate!.Items.Length);
        Assert.Equal(10, (await silo.TurnAsync(session)).Slate!.Items.Length);
    }

    [Fact]
    public async Task Message_ThatNamesAnItemToBeLike_BringsWhatIsLikeIt()
    {
        var like = silo.Catalogue.Items.First(item => item.Title == "Toy Story");
        var similar = (await silo.Search.SimilarAsync(Identifier.DefaultTenant, like.ItemId, [], 100, default)).Select(match => silo.Catalogue.Item(match.Handle).ItemId).ToHashSet(StringComparer.Ordinal);

        var turn = await SayAsync(await silo.OpenAsync("like", "somebody with a model"), "something like Toy Story but newer");

        Assert.DoesNotContain(like.ItemId, similar);
        Assert.Equal(["year > 1995 (newer)"], Written(turn));
        Assert.DoesNotContain(turn.Slate!.Items, item => item.ItemId == like.ItemId);
        Assert.Contains(turn.Slate.Items[0].ItemId, similar);
        Assert.All(Items(turn), item => Assert.True(Number(item, "year") > 1995));
    }

    [Fact]
    public async Task Message_ThatWantsTheNewest_BringsNewerOnes()
    {
        var plain = await SayAsync(await silo.OpenAsync("any age", "viewer-023"), "dramas");
        var newest = await SayAsync(await silo.OpenAsync("newest first", "viewer-023"), "the newest dramas");

        Assert.True(
            Items(newest).Average(item => Number(item, "year")) > Items(plain).Average(item => Number(item, "year")) + 3,
            $"{Items(newest).Average(item => Number(item, "year"))} against {Items(plain).Average(item => Number(item, "year"))}");
        Assert.All(Items(newest), item => Assert.Contains("Drama", Values(item, "genre")));
        Assert.All(newest.Slate!.Items, item => Assert.Contains("order", item.Origins));
    }

    [Fact]
    public async Task Critique_OfWhatWasShown_CountsInTheNextSlate()
    {
        var session = await silo.OpenAsync("critique", "viewer-024");
        var first = await silo.TurnAsync(session);
        var (second, third) = (first.Slate!.Items[1].ItemId, first.Slate.Items[2].ItemId);

        var next = await SayAsync(session, "not the second, and the third one was too old");

        var year = Number(third, "year");
        Assert.Equal([$"item != {second} (not the second)", $"year > {year} (the third one was too old)"], Written(next));
        Assert.DoesNotContain(next.Slate!.Items, item => item.ItemId == second);
        Assert.All(Items(next), item => Assert.True(Number(item, "year") > year));
    }

    [Fact]
    public async Task Words_ThatNothingIsMadeOf_AreNamed()
    {
        var turn = await SayAsync(await silo.OpenAsync("unheard", "viewer-025"), "a wobbly comedy without broccoli, please");

        Assert.Equal(["wobbly", "without broccoli"], turn.NotUnderstood.AsEnumerable());
        Assert.Equal("genre", Assert.Single(turn.Constraints).Facet);
        var record = (await silo.LogAsync("viewer-025")).Select(one => one.Event).OfType<TurnTaken>().Last().Turn;
        Assert.Equal("a wobbly comedy without broccoli, please", record.Request.Message);
    }

    [Theory]
    [InlineData("I am a plumber. What is there for me?", "plumber")]
    [InlineData("so, what would you have for us to watch tonight?", null)]
    [InlineData("zzxqv, wqxzv!", "zzxqv|wqxzv")]
    [InlineData("ich möchte gern etwas Lustiges sehen", "ich möchte gern etwas Lustiges sehen")]
    public async Task Message_OfWordsThatSayNothing_LeavesTheSlateAsItIs(string message, string? unread)
    {
        // New users of one seed, and one who is known: what was shown before must not matter.
        var silent = await silo.OpenAsync($"silent {message}", $"silent {message}", seed: 26);
        var talking = await silo.OpenAsync($"talking {message}", $"talking {message}", seed: 26);
        var known = await silo.OpenAsync($"known {message}", "viewer-026", seed: 26);
        var request = TurnRequest.Empty with { Message = message, Questions = QuestionMode.Never };

        var (without, with) = (await silo.TurnAsync(silent), await silo.TurnAsync(talking, request));
        await silo.TurnAsync(known, request);

        Assert.Equal(unread ?? "", string.Join('|', with.NotUnderstood));
        Assert.Empty(with.Constraints);
        Assert.Equal(Items(without), Items(with));
        Assert.Equal(without.Slate!.Items.SelectMany(item => item.Origins), with.Slate!.Items.SelectMany(item => item.Origins));
        Assert.False(await SearchedAsync(talking));
        Assert.False(await SearchedAsync(known));
    }

    [Fact]
    public async Task Message_OfWhatIsNotWanted_IsNotSearchedFor()
    {
        var session = await silo.OpenAsync("unwanted list", "viewer-027");

        var turn = await SayAsync(session, "no submarines or horror, please");

        Assert.Equal(["genre != Horror (horror)"], Written(turn));
        Assert.Equal(["no submarines"], turn.NotUnderstood.AsEnumerable());
        Assert.All(Items(turn), item => Assert.DoesNotContain("Horror", Values(item, "genre")));
        Assert.False(await SearchedAsync(session));
    }

    private static async Task<bool> SearchedAsync(Grains.Abstractions.Sessions.ISessionGrain session) =>
        (await SiloFixture.EventsAsync(session, 1)).Exists(one => one.Kind is TurnEventKind.ToolCall && one.Data.Contains("vectors", StringComparison.Ordinal));

    private Task<TurnResult> SayAsync(Grains.Abstractions.Sessions.ISessionGrain session, string message) =>
        silo.TurnAsync(session, TurnRequest.Empty with { Message = message });

    private static string[] Written(TurnResult turn) =>
        [.. turn.Constraints.Select(one => $"{one.Facet} {(one.Op switch { ConstraintOperator.Eq => "=", ConstraintOperator.Ne => "!=", _ => ">" })} {string.Join('|', one.Values)} ({one.Source})")];

    private static string[] Items(TurnResult turn)
    {
        Assert.NotEmpty(turn.Slate!.Items);
        return [.. turn.Slate.Items.Select(item => item.ItemId)];
    }

    private ImmutableArray<string> Values(string itemId, string facet)
    {
        Assert.True(silo.Catalogue.TryHandle(itemId, out var handle));
        return silo.Catalogue.Values(handle, facet);
    }

    private double Number(string itemId, string facet) => double.Parse(Assert.Single(Values(itemId, facet)), CultureInfo.InvariantCulture);
}
