namespace AgentRec.Inference;

/// <summary>How the ranking model's server is spoken to.</summary>
public enum RankingProtocol
{
    /// <summary>gRPC; over HTTP/2 without TLS where the endpoint is <c>http://</c>.</summary>
    Grpc,

    /// <summary>HTTP with JSON bodies.</summary>
    Http,
}

/// <summary>Where the ranking model is served, bound to the section <c>Tools:Ranking</c> and checked at start.</summary>
public sealed class RankingOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Tools:Ranking";

    /// <summary>The server, any that speaks the Open Inference Protocol v2, for example <c>http://gpu-host:8001</c>.</summary>
    /// <value>The default is null: the model runs in process. An absolute <c>http</c> or <c>https</c> address.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>How <see cref="Endpoint"/> is spoken to.</summary>
    /// <value>The default is <see cref="RankingProtocol.Grpc"/>.</value>
    public RankingProtocol Protocol { get; set; } = RankingProtocol.Grpc;

    /// <summary>The model's name on the server.</summary>
    /// <value>The default is <c>ranker</c>.</value>
    public string Model { get; set; } = "ranker";

    /// <summary>The server's version of the model, such as <c>3</c>.</summary>
    /// <value>The default is empty: the one that the server chooses, which for Triton and the Ranker host is the latest.</value>
    public string ModelVersion { get; set; } = "";

    /// <summary>The name of the input tensor, FP32 [-1, features].</summary>
    /// <value>The default is <c>features</c>.</value>
    public string Input { get; set; } = "features";

    /// <summary>The name of the output tensor, FP32, one score a row.</summary>
    /// <value>The default is <c>scores</c>.</value>
    public string Output { get; set; } = "scores";

    /// <summary>How long one call may take in all, waiting for others included.</summary>
    /// <value>The default is 50; 1 to 60,000.</value>
    public int TimeoutMilliseconds { get; set; } = 50;

    /// <summary>How long connecting and asking for the model's metadata may take. Calls do not wait longer than their own time for it.</summary>
    /// <value>The default is 2,000; 1 to 60,000.</value>
    public int ConnectMilliseconds { get; set; } = 2_000;

    /// <summary>How many requests are under way at a time; further calls wait within their time, and then share a request.</summary>
    /// <value>The default is 4; 1 to 4,096.</value>
    public int MaximumConcurrency { get; set; } = 4;

    /// <summary>The greatest number of rows in one request; greater batches are split. A server that states a smaller maximum is obeyed.</summary>
    /// <value>The default is 2,048; 1 to 65,536.</value>
    public int MaximumBatchRows { get; set; } = 2_048;
}
