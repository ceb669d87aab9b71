using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Tests.Cluster;

/// <summary>Sessions that ask in place of showing, are answered, and remember it.</summary>
[Collection(SiloCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class DialogueTests(SiloFixture silo)
{
    private static readonly TurnRequest Eager = TurnRequest.Empty with { Questions = QuestionMode.Eager };

    private static readonly AdvocacyRequest Window = new(new PolicyReference("default", 1), [0, 1, 2], [], [], 0);

    [Fact]
    public async Task Turn_ThatMayAsk_AsksIsRecordedAndIsAskedTheSameAgain()
    {
        var session = await silo.OpenAsync("ask", "nobody-001");
        var turn = await silo.TurnAsync(session, Eager with { TurnId = "first" });

        Assert.Equal(TurnKind.Question, turn.Kind);
        Assert.Null(turn.Slate);
        Assert.Null(turn.CertificateId);
        var question = turn.Question!;
        Assert.Equal(Question.NoPreference, question.Options[^1]);
        Assert.True(question.Options.Length > 2);

        Assert.Equal(TurnAdmissionStatus.Known, (await session.Begin(Eager with { TurnId = "first" })).Status);
        Assert.Equal(question.Id, (await session.Complete(1))!.Result!.Question!.Id);
        var last = (await SiloFixture.EventsAsync(session, 1))[^1];
        Assert.Equal((TurnEventKind.Question, true), (last.Kind, last.IsLast));
        using var told = JsonDocument.Parse(last.Data);
        Assert.Equal(question.Text, told.RootElement.GetProperty("question").GetProperty("text").GetString());
        Assert.Equal(question.Id, (await silo.LogAsync("nobody-001")).Select(one => one.Event).OfType<TurnTaken>().Single().Turn.Result.Question!.Id);
        Assert.Equal(question.Id, (await session.Describe())!.OpenQuestion!.Id);
    }

    [Fact]
    public async Task Answer_BecomesAConstraint_MovesTheSlate_AndIsTakenBack()
    {
        var session = await silo.OpenAsync("answer", "nobody-002");
        var question = (await silo.TurnAsync(session, Eager)).Question!;
        var wish = Assert.Single(question.Meaning(0));

        var turn = await silo.TurnAsync(session, Answer(question, question.Options[0].ToUpperInvariant()) with { Message = "just show me" });

        Assert.Equal(TurnKind.Slate, turn.Kind);
        Assert.Equal(wish, Assert.Single(turn.Constraints));
        Assert.Equal((ConstraintStrength.Soft, $"{question.Text} {question.Options[0]}"), (wish.Strength, wish.Source));
        Assert.True(Share(turn, wish) > 0.8, $"{Share(turn, wish):P0} of the slate has {wish.Facet} {wish.Values[0]}");
        Assert.Null((await session.Describe())!.OpenQuestion);

        var without = await silo.TurnAsync(session, TurnRequest.Empty with { Withdraw = [wish.Facet == FacetNames.Decade ? FacetNames.Year : wish.Facet] });
        Assert.Empty(without.Constraints);
        Assert.True(Share(without, wish) < Share(turn, wish));
    }

    [Fact]
    public async Task Slate_AfterAnAnswer_IsNotTheOneThatWasPassedOver()
    {
        var session = await silo.OpenAsync("passed over", "nobody-003");
        var question = (await silo.TurnAsync(session, Eager)).Question!;
        var first = await silo.TurnAsync(session, Answer(question, question.Options[0]) with { Questions = QuestionMode.Never });
        var second = await silo.TurnAsync(session);

        Assert.True(Ids(first).Intersect(Ids(second)).Count() < 5);
    }

    [Fact]
    public async Task Answer_InTheUsersOwnWords_IsReadAsAMessage()
    {
        var session = await silo.OpenAsync("own words", "nobody-004");
        var question = (await silo.TurnAsync(session, Eager)).Question!;

        var turn = await silo.TurnAsync(session, Answer(question, "a western, wobbly") with { Questions = QuestionMode.Never });

        var constraint = Assert.Single(turn.Constraints);
        Assert.Equal(("genre", "Western", ConstraintStrength.Hard), (constraint.Facet, constraint.Values[0], constraint.Strength));
        Assert.Equal(["wobbly"], turn.NotUnderstood.ToArray());
    }

    [Fact]
    public async Task Answer_ToAQuestionThatIsNotOpen_IsRefusedWithTheReason()
    {
        var session = await silo.OpenAsync("stale", "nobody-005");
        Assert.Contains("no such question", (await RefusedAsync("q-none")).Detail, StringComparison.Ordinal);

        var first = (await silo.TurnAsync(session, Eager)).Question!;
        Assert.Contains(first.Id, (await RefusedAsync("q-none")).Detail, StringComparison.Ordinal);
        var second = (await silo.TurnAsync(session, Eager)).Question!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual(first.Text, second.Text);
        Assert.Contains("moved on", (await RefusedAsync(first.Id)).Detail, StringComparison.Ordinal);

        await silo.TurnAsync(session, Answer(second, second.Options[0]) with { Questions = QuestionMode.Never });
        Assert.Contains("answered already", (await RefusedAsync(second.Id)).Detail, StringComparison.Ordinal);

        async Task<TurnAdmission> RefusedAsync(string questionId)
        {
            var admission = await session.Begin(TurnRequest.Empty with { Answer = new Answer(questionId, "x") });
            Assert.Equal(TurnAdmissionStatus.UnknownQuestion, admission.Status);
            return admission;
        }
    }

    [Theory]
    [InlineData(null, null, TurnKind.Slate)]
    [InlineData("what should I watch tonight?", null, TurnKind.Question)]
    [InlineData("what should I watch tonight?", QuestionMode.Never, TurnKind.Slate)]
    [InlineData("comedies from the 90s", null, TurnKind.Slate)]
    [InlineData("something with submarines", null, TurnKind.Slate)]
    [InlineData("just show me something", QuestionMode.Eager, TurnKind.Slate)]
    [InlineData("no more questions please", QuestionMode.Eager, TurnKind.Slate)]
    [InlineData("surprise me", null, TurnKind.Slate)]
    [InlineData("comedies", QuestionMode.Eager, TurnKind.Question)]
    public async Task Turn_IsAnsweredWithAQuestion_WhereItLeavesOpenWhatIsWanted(string? message, QuestionMode? mode, TurnKind expected)
    {
        var session = await silo.OpenAsync($"kind {message} {mode}", "nobody-006");

        var turn = await silo.TurnAsync(session, TurnRequest.Empty with { Message = message, Questions = mode });

        Assert.Equal(expected, turn.Kind);
        Assert.Empty(turn.NotUnderstood.Where(words => !words.Contains("submarines", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Looks_ThatQuestionsAreChosenBy_PinNothing()
    {
        var user = silo.User("nobody-pins");
        var offer = await user.Advocate(Window);
        for (var i = 0; i < 70; i++)
            Assert.Equal("", (await user.Advocate(Window with { IsLook = true })).OfferId);
        Assert.False((await user.Respond(new OfferProposal(offer.OfferId, [0], 1, 1, Window.Policy))).Stale);
    }

    [Fact]
    public async Task Offer_ThatIsLetGo_IsStale()
    {
        var user = silo.User("nobody-lets-go");
        var (offer, other) = (await user.Advocate(Window), await user.Advocate(Window));
        await user.LetGo(offer.OfferId);
        await user.LetGo("none of them");
        await SiloFixture.ComesToAsync(true, async () => (await user.Respond(new OfferProposal(offer.OfferId, [0], 1, 1, Window.Policy))).Stale);
        Assert.False((await user.Respond(new OfferProposal(other.OfferId, [0], 1, 1, Window.Policy))).Stale);
    }

    [Fact]
    public async Task Turn_ThatMayAsk_HasTheUserAgentAdvocateOnce()
    {
        var session = await silo.OpenAsync("once", "nobody-011");
        var calls = new ConcurrentQueue<string>();
        using var listening = silo.Gate.Each(call =>
        {
            if (call.InterfaceMethod.DeclaringType == typeof(IUserAgent))
                calls.Enqueue(call.InterfaceMethod.Name);
        });

        // As many questions as the session may ask, and then a slate.
        var kinds = new List<TurnKind>();
        for (var request = Eager; kinds is not [.., TurnKind.Slate];)
        {
            calls.Clear();
            var turn = await silo.TurnAsync(session, request);
            kinds.Add(turn.Kind);
            if (turn.Question is { } question)
                await SiloFixture.ComesToAsync(1, () => Task.FromResult(calls.Count(call => call == nameof(IUserAgent.LetGo))));
            else
                Assert.DoesNotContain(nameof(IUserAgent.LetGo), calls);
            Assert.Single(calls, nameof(IUserAgent.Advocate));
            request = turn.Question is { } open ? Answer(open, open.Options[0]) with { Questions = QuestionMode.Eager } : request;
        }

        Assert.True(kinds.Count > 1, "no question was asked");
    }

    [Fact]
    public async Task Session_AsksNoMoreThanItsLimit()
    {
        var session = await silo.OpenAsync("limit", "nobody-007");
        var asked = new List<string>();
        for (var turn = await silo.TurnAsync(session, Eager); turn.Question is { } question; turn = await silo.TurnAsync(session, Answer(question, question.Options[0]) with { Questions = QuestionMode.Eager }))
            asked.Add(question.Text + string.Join('|', question.Options));

        Assert.InRange(asked.Count, 1, 4);
        Assert.Equal(asked.Count, asked.Distinct().Count());
        Assert.Equal(TurnKind.Slate, (await silo.TurnAsync(session, Eager)).Kind);
    }

    [Fact]
    public async Task Sessions_OfTheSameSeedAndUser_AskTheSame()
    {
        var (one, other) = (await silo.OpenAsync("twin", "nobody-008", 5), await silo.OpenAsync("twin-2", "nobody-009", 5));
        var (first, second) = ((await silo.TurnAsync(one, Eager)).Question!, (await silo.TurnAsync(other, Eager)).Question!);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Options.ToArray(), second.Options.ToArray());
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Session_ThatWakesUpElsewhere_KnowsItsQuestionAndItsAnswers()
    {
        var session = await silo.OpenAsync("asleep", "nobody-010");
        var question = (await silo.TurnAsync(session, Eager)).Question!;
        await silo.RestartAsync();
        session = silo.Session("asleep");

        var turn = await silo.TurnAsync(session, Answer(question, question.Options[0]) with { Questions = QuestionMode.Never });

        Assert.Equal(question.Meaning(0).ToArray(), turn.Constraints.ToArray());
        await silo.RestartAsync();
        Assert.Contains("answered already", (await silo.Session("asleep").Begin(Answer(question, question.Options[0]))).Detail, StringComparison.Ordinal);
    }

    private static TurnRequest Answer(Question question, string value) => TurnRequest.Empty with { Answer = new Answer(question.Id, value) };

    private double Share(TurnResult turn, Constraint wish) => turn.Slate!.Items.Count(item =>
        silo.Catalogue.TryHandle(item.ItemId, out var handle) && wish.IsMetBy(silo.Catalogue.Values(handle, wish.Facet))) / (double)turn.Slate.Items.Length;

    private static ImmutableArray<string> Ids(TurnResult turn) => [.. turn.Slate!.Items.Select(item => item.ItemId)];
}
