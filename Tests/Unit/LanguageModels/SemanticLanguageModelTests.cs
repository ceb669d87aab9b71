using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.LanguageModel;
using AgentRec.LanguageModel.Budgets;
using AgentRec.Tests.Cluster.LanguageModels;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Unit.LanguageModels;

/// <summary>The model itself, on a real socket: what it sends, what it takes, and where it stops.</summary>
public sealed class SemanticLanguageModelTests : IAsyncLifetime
{
    private static readonly LanguageParty Anna = new("default", "anna@example.org", "session-1");

    private readonly SocketsHttpHandler _sockets = new();
    private readonly LogBook _logs = new();
    private StubModel _stub = null!;

    public async Task InitializeAsync() => _stub = await StubModel.StartAsync();

    public async Task DisposeAsync()
    {
        await _stub.DisposeAsync();
        _sockets.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task Read_AnAnswerOfTheForm_GivesItsConstraintsWithTheWordsOfTheMessage()
    {
        _stub.Answer((_, _) => """{"constraints": [{"facet": "year", "op": "ge", "values": ["1990"], "strength": "soft", "words": " FAIRLY recent"}], "search": " wobbly "}""");

        var answer = await ReadAsync();

        Assert.True(answer.Reason is null, Told());
        Assert.Equal([new Constraint("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Soft, "fairly recent")], answer.Value!.Constraints.AsEnumerable());
        Assert.Equal("wobbly", answer.Value.Search);
        Assert.False(_stub.Requests.Single().Body.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task Read_WithValuesLeftOut_OffersTheToolAndCountsItsCalls()
    {
        _stub.Behave(async (_, call, http) =>
        {
            await StubModel.CallToolAsync(http, call, "tools-facet_values", new { facet = "genre", containing = "o" });
            return null;
        });

        var answer = await ReadAsync(isComplete: false, options: new LanguageOptions { TurnRequests = 3, TurnToolCalls = 1 });

        Assert.Equal("the turn's requests are spent", answer.Reason);
        Assert.Equal(3, _stub.Requests.Count);
        Assert.Equal(["""["Comedy"]""", "No tool calls are left. Answer now."], _stub.Requests.Last().Messages.Where(message => message.Role == "tool").Select(message => message.Text));
    }

    [Fact]
    public async Task Read_ThatCouldExceedTheTokens_IsNotSent()
    {
        var answer = await ReadAsync(options: new LanguageOptions { TurnTokens = 500 });

        Assert.Equal(("the turn's tokens are spent", 0), (answer.Reason, _stub.Requests.Count));
    }

    [Fact]
    public async Task Read_GivenUpByTheTurn_EndsAtOnce()
    {
        using var end = new CancellationTokenSource();
        _stub.Behave(async (_, _, http) =>
        {
            await end.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(cancellationToken: end.Token));
    }

    [Fact]
    public async Task Read_FromNobody_SaysThatItCouldNotBeReached()
    {
        var options = new LanguageOptions { Endpoint = new Uri("http://127.0.0.1:9/v1") };

        var failure = await Assert.ThrowsAsync<LanguageUnavailableException>(() => ReadAsync(options: options));

        Assert.Equal("could not be reached, or broke off", failure.Message);
    }

    private async Task<LanguageAnswer<AdvisedReading>> ReadAsync(bool isComplete = true, LanguageOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LanguageOptions();
        options.Endpoint ??= _stub.Endpoint;
        (options.Model, options.TurnMilliseconds) = ("stub", 60_000);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        var model = new SemanticLanguageModel(
            options, _sockets, new TenantAllowances(100, 1_000_000, TimeProvider.System), TimeProvider.System, loggers.CreateLogger<SemanticLanguageModel>());
        ImmutableArray<FacetOutline> facets = [new("genre", ["Comedy"], isComplete, null, null), new("year", [], true, 1950, 2020)];
        return await model.ReadAsync(
            new ReadingTask(Anna, "something wobbly and fairly recent", ["wobbly", "fairly recent"], [], facets, _ => null, (_, _) => ["Comedy"]), cancellationToken);
    }

    private string Told() => string.Join(Environment.NewLine, _logs.Lines.Select(line => line.Text));
}
