using System.Numerics.Tensors;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference.Transport;

namespace AgentRec.Inference;

/// <summary>
/// The ranking model on another host, through any server of the Open Inference Protocol v2. What the server says of the model
/// is checked before its first scores are used, and again when it serves another version or was away. Batches above the
/// server's maximum are split; all parts are scored by the same version. Callers who would wait for each other share a request.
/// </summary>
public sealed class OpenInferenceClient : IRankingTool, IAsyncDisposable
{
    private const int GreatestAttempts = 5;

    private readonly RankingOptions _options;
    private readonly TimeProvider _time;
    private readonly IInferenceTransport _transport;
    private readonly ContractCheck _contract;
    private readonly JoinedCalls _calls;
    private volatile string? _version;

    /// <summary>Prepares calls; the first one connects.</summary>
    /// <param name="options">The server and the model; with an endpoint.</param>
    /// <param name="time">Measures how long calls take; the machine's own when null.</param>
    /// <exception cref="ArgumentException">The options are wrong, or name no endpoint.</exception>
    public OpenInferenceClient(RankingOptions options, TimeProvider? time = null)
    {
        if (new RankingOptionsValidation().Validate(name: null, options) is { Failed: true } wrong)
            throw new ArgumentException(wrong.FailureMessage, nameof(options));
        if (options.Endpoint is null)
            throw new ArgumentException($"{RankingOptions.Section}:{nameof(options.Endpoint)} is not set; it must name the server.", nameof(options));
        (_options, _time) = (options, time ?? TimeProvider.System);
        _transport = options.Protocol == RankingProtocol.Grpc ? new GrpcTransport(options, _time) : new HttpTransport(options);
        _contract = new ContractCheck(_transport.DescribeAsync, TimeSpan.FromMilliseconds(options.ConnectMilliseconds), _time);
        _calls = new JoinedCalls(_transport, options.MaximumConcurrency);
    }

    /// <inheritdoc/>
    public string Name => "ranking";

    /// <inheritdoc/>
    public async ValueTask<float[]> ScoreAsync(RankingBatch batch, CancellationToken cancellationToken)
    {
        Check(batch);
        if (batch.Rows == 0)
            return [];
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMilliseconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        ModelContract? contract = null;
        try
        {
            contract = await _contract.GetAsync().WaitAsync(either.Token);
            if (contract.Problem(_options, batch) is not null)
                contract = await _contract.RenewAsync(contract).WaitAsync(either.Token);
            if (contract.Problem(_options, batch) is { } problem)
                throw Unavailable($"serves another model than is asked for: {problem}.");
            return await ScoreAsync(batch, contract, either.Token);
        }
        catch (ServerFault fault)
        {
            // Whatever comes back there may be another server, or another model.
            if (contract is not null)
                _contract.Forget(contract);
            throw Unavailable(fault.Message, fault);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"did not answer within {(limit.IsCancellationRequested ? _options.TimeoutMilliseconds : _options.ConnectMilliseconds)} ms.", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<float[]> ScoreAsync(RankingBatch batch, ModelContract contract, CancellationToken cancellationToken)
    {
        var size = contract.MaximumBatch > 0 ? Math.Min(contract.MaximumBatch, _options.MaximumBatchRows) : _options.MaximumBatchRows;
        var answers = await InferByOneVersionAsync(batch, size, cancellationToken);
        var version = answers[^1].Version;
        if (Interlocked.Exchange(ref _version, version) is { } before && before != version)
            _contract.Forget(contract);
        if (ModelContract.ArtifactProblem(answers[^1].ArtifactVersion, batch) is { } problem)
            throw Unavailable($"serves another model than is asked for: {problem}.");
        return answers is [var only] ? only.Scores : [.. answers.SelectMany(answer => answer.Scores)];
    }

    /// <summary>Where the server changes versions between the parts, their scores do not compare, unless one version gives them all.</summary>
    private async Task<InferenceAnswer[]> InferByOneVersionAsync(RankingBatch batch, int size, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answers = await InferAsync(batch, size, _options.ModelVersion, cancellationToken);
            if (Array.TrueForAll(answers, answer => string.Equals(answer.Version, answers[^1].Version, StringComparison.Ordinal)))
                return answers;
            try
            {
                return await InferAsync(batch, size, answers[^1].Version, cancellationToken);
            }
            catch (ServerFault) when (attempt < GreatestAttempts)
            {
                // By now that version may be gone as well: the server is asked anew for any.
            }
        }
    }

    private Task<InferenceAnswer[]> InferAsync(RankingBatch batch, int size, string version, CancellationToken cancellationToken)
    {
        var parts = new Task<InferenceAnswer>[(batch.Rows + size - 1) / size];
        for (var i = 0; i < parts.Length; i++)
        {
            var rows = Math.Min(size, batch.Rows - i * size);
            parts[i] = InferAsync(new InferenceCall(version, batch.Features, batch.Values.Slice(i * size * batch.Features, rows * batch.Features)), size, cancellationToken);
        }
        return Task.WhenAll(parts);
    }

    private async Task<InferenceAnswer> InferAsync(InferenceCall call, int size, CancellationToken cancellationToken)
    {
        var answer = await _calls.InferAsync(call, size, cancellationToken);
        if (answer.Scores.Length != call.Rows)
            throw ServerFault.WrongCount(answer.Scores.Length, call.Rows);
        if (!TensorPrimitives.IsFiniteAll<float>(answer.Scores))
            throw new ServerFault("answered a score that is not finite: look at the model's weights.");
        return answer;
    }

    private static void Check(RankingBatch batch)
    {
        if (batch.Features < 1 || batch.Rows < 0 || batch.Values.Length != (long)batch.Rows * batch.Features)
            throw new ArgumentException($"{batch.Values.Length} values were given for {batch.Rows} rows of {batch.Features} features: pass whole rows.", nameof(batch));
        // Of no elements the library says that they are not all finite.
        if (batch.Rows > 0 && !TensorPrimitives.IsFiniteAll(batch.Values.Span))
            throw new ArgumentException("A feature is NaN or infinite: features are finite.", nameof(batch));
    }

    private RankingUnavailableException Unavailable(string what, Exception? inner = null) =>
        new($"The ranking model's server {_options.Endpoint} (model '{_options.Model}') {what}", inner);
}
