using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;
using AgentRec.Ranker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentRec.Tests.Unit.Inference;

/// <summary>Wrong settings stop the start, each with its name, its value and what is allowed; an endpoint is what switches.</summary>
public sealed class RankingOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreRight() => Assert.True(new RankingOptionsValidation().Validate(name: null, new RankingOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_NamesEverySetting()
    {
        var options = new RankingOptions
        {
            Endpoint = new Uri("ftp://host"), Protocol = (RankingProtocol)9, Model = " ", Input = "", Output = "", TimeoutMilliseconds = 0, ConnectMilliseconds = -1,
            MaximumConcurrency = 5_000, MaximumBatchRows = 0,
        };

        var failures = new RankingOptionsValidation().Validate(name: null, options).Failures!.ToArray();

        string[] expected =
        [
            "Endpoint is", "Protocol is", "Model is", "Input is", "Output is", "TimeoutMilliseconds is 0", "ConnectMilliseconds is -1", "MaximumConcurrency is 5000",
            "MaximumBatchRows is 0",
        ];
        Assert.Equal(expected.Length, failures.Length);
        Assert.All(expected.Zip(failures), pair => Assert.StartsWith($"Tools:Ranking:{pair.First}", pair.Second));
    }

    [Fact]
    public void Client_WithoutAnEndpoint_IsRefused() =>
        Assert.Contains("Tools:Ranking:Endpoint is not set", Assert.Throws<ArgumentException>(() => new OpenInferenceClient(new RankingOptions())).Message);

    [Theory]
    [InlineData("http://127.0.0.1:8001", 1)]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    public async Task AddRemoteRanking_AddsTheToolWhereThereIsAnEndpoint(string? endpoint, int tools)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Tools:Ranking:Endpoint", endpoint), new("Tools:Ranking:Model", "mine")]).Build();
        await using var services = new ServiceCollection().AddRemoteRanking(configuration).BuildServiceProvider();

        Assert.Equal(tools, services.GetServices<IRankingTool>().Count());
        Assert.Equal("mine", services.GetRequiredService<IOptions<RankingOptions>>().Value.Model);
    }

    [Fact]
    public void RankerValidation_EverythingWrong_NamesEverySetting()
    {
        var options = new RankerOptions
        {
            Repository = "/nowhere/at/all", Address = "here", HttpPort = 70_000, GrpcPort = -1, MaximumBatchRows = 0, MaximumDelayMicroseconds = -1, MaximumQueuedRows = -5,
            ParallelRuns = 0, MaximumRequestBytes = 1, PollMilliseconds = 1, KeptVersions = 0,
        };

        var failures = new RankerOptionsValidation().Validate(name: null, options).Failures!.ToArray();

        Assert.Equal(11, failures.Length);
        Assert.Contains("'/nowhere/at/all'; it must be an existing folder of models (--repository DIR)", failures[0]);
        Assert.Contains("Ranker:GrpcPort is 8000, as is HttpPort", string.Concat(new RankerOptionsValidation().Validate(name: null, new RankerOptions { GrpcPort = 8_000 }).Failures!));
    }
}
