using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;
using AgentRec.Inference.Triton;
using AgentRec.Ranker;
using AgentRec.Ranker.Models;
using AgentRec.Recommenders.Onnx;
using AgentRec.Tests.Unit;
using AgentRec.Tests.Unit.Recommenders.Onnx;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Contract.Ranking;

/// <summary>A Ranker host on real sockets of loopback, over a repository of its own.</summary>
internal sealed class RankerHost : IAsyncDisposable
{
    public const int Features = 12;
    public const string Model = "ranker";

    private readonly TempFolder _repository = new();
    private readonly string[] _settings;
    private WebApplication? _app;

    private RankerHost(string[] settings) => _settings = settings;

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public string Repository => _repository.Path;

    private WebApplication App => _app ?? throw new InvalidOperationException("The host is stopped.");

    /// <summary>The network that a version number stands for: every version scores differently.</summary>
    public static DenseNetwork Network(int version, int features = Features) => RandomModels.Network(version, Activation.Relu, linear: true, features, 16, 1);

    /// <summary>Writes a version into the repository; the host finds it when it next looks.</summary>
    public void Write(int version, int features = Features, string? artifact = null, string model = Model)
    {
        artifact ??= $"m-{version}";
        var onnx = OnnxExport.Write(Network(version, features), new Dictionary<string, string>(StringComparer.Ordinal) { [OnnxExport.ArtifactVersion] = artifact });
        TritonRepository.Write(Repository, model, version, onnx, features, maximumBatch: 512, delayMicroseconds: 100, artifact);
    }

    /// <summary>A host with the model's first version warm. It looks at the repository when it is told to.</summary>
    public static async Task<RankerHost> StartAsync(params string[] settings)
    {
        var host = new RankerHost(settings);
        host.Write(1);
        await host.StartAgainAsync(httpPort: 0, grpcPort: 0);
        await host.RefreshAsync();
        return host;
    }

    /// <summary>A host whose repository holds no model yet.</summary>
    public static async Task<RankerHost> StartEmptyAsync(params string[] settings)
    {
        var host = new RankerHost(settings);
        await host.StartAgainAsync(httpPort: 0, grpcPort: 0);
        await host.RefreshAsync();
        return host;
    }

    /// <summary>Stops the host, which frees its ports.</summary>
    public async Task StopAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _app = null;
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task RestartAsync()
    {
        await StartAgainAsync(Http.Port, Grpc.Port);
        await RefreshAsync();
    }

    /// <summary>Has the host look at its repository.</summary>
    public Task RefreshAsync() => App.Services.GetRequiredService<ModelRefresh>().RunAsync();

    /// <summary>A client with much patience: a test fails by its assertions, not by a busy machine.</summary>
    public OpenInferenceClient Client(RankingProtocol protocol, Action<RankingOptions>? configure = null)
    {
        var options = new RankingOptions
        {
            Endpoint = protocol == RankingProtocol.Grpc ? Grpc : Http, Protocol = protocol, Model = Model, TimeoutMilliseconds = 30_000, ConnectMilliseconds = 10_000,
        };
        configure?.Invoke(options);
        return new OpenInferenceClient(options);
    }

    /// <summary>A batch of random rows, and the scores that a version gives them.</summary>
    public static (RankingBatch Batch, float[] Scores) Batch(int seed, int rows, int version = 1, string artifact = "")
    {
        var values = RandomModels.Rows(seed, rows, Features);
        return (new RankingBatch(artifact, rows, Features, values), Scores(version, values));
    }

    /// <summary>The scores that a version gives rows.</summary>
    public static float[] Scores(int version, float[] values)
    {
        var scores = new float[values.Length / Features];
        Network(version).Score(values, scores);
        return scores;
    }

    public static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await StopAsync();
        _repository.Dispose();
    }

    private async Task StartAgainAsync(int httpPort, int grpcPort)
    {
        // Settings named later win.
        _app = RankerApplication.Create(
        [
            "--repository", Repository, "--http-port", $"{httpPort}", "--grpc-port", $"{grpcPort}",
            "--Ranker:PollMilliseconds", "3600000", "--Ranker:MaximumBatchRows", "512", "--Logging:LogLevel:Default", "None", .. _settings,
        ]);
        await _app.StartAsync();
        Http = new Uri(_app.Urls.First());
        Grpc = new Uri(_app.Urls.Last());
    }
}
