using System.Net;

namespace AgentRec.Ranker;

/// <summary>How the Ranker host serves, bound to the section <c>Ranker</c> and checked at start.</summary>
internal sealed class RankerOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Ranker";

    /// <summary>The model repository: a folder of <c>NAME/VERSION/model.onnx</c>.</summary>
    /// <value>No default: it must be an existing folder.</value>
    public string Repository { get; set; } = "";

    /// <summary>The address that is listened on. The protocol knows no users: open it to trusted networks only.</summary>
    /// <value>The default is <c>127.0.0.1</c>.</value>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port of HTTP and of <c>/metrics</c>.</summary>
    /// <value>The default is 8000; 0 for any free one.</value>
    public int HttpPort { get; set; } = 8_000;

    /// <summary>The port of gRPC, without TLS.</summary>
    /// <value>The default is 8001; 0 for any free one.</value>
    public int GrpcPort { get; set; } = 8_001;

    /// <summary>The greatest number of rows that a model runs at once, and in one request.</summary>
    /// <value>The default is 4,096; 1 to 65,536.</value>
    public int MaximumBatchRows { get; set; } = 4_096;

    /// <summary>How long the first request of a batch waits for company, in microseconds; 0 runs what has come while the model was busy.</summary>
    /// <value>The default is 100; 0 to 100,000.</value>
    public int MaximumDelayMicroseconds { get; set; } = 100;

    /// <summary>How many rows wait for a model; requests beyond are refused as RESOURCE_EXHAUSTED or 503.</summary>
    /// <value>The default is 65,536; at least <see cref="MaximumBatchRows"/>, at most 1,048,576.</value>
    public int MaximumQueuedRows { get; set; } = 65_536;

    /// <summary>How many batches of a model run at a time.</summary>
    /// <value>The default is 1; 1 to 64.</value>
    public int ParallelRuns { get; set; } = 1;

    /// <summary>The greatest request, in bytes.</summary>
    /// <value>The default is 16,777,216 (16 MiB); 1,024 to 268,435,456.</value>
    public int MaximumRequestBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How often the repository is looked at, in milliseconds.</summary>
    /// <value>The default is 1,000; 10 to 3,600,000.</value>
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>How many versions of a model are served, the latest ones.</summary>
    /// <value>The default is 2; 1 to 16.</value>
    public int KeptVersions { get; set; } = 2;
}
