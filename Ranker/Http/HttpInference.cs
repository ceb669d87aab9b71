using System.Runtime.InteropServices;
using System.Text.Json;
using AgentRec.Inference.Transport;
using AgentRec.Ranker.Models;
using AgentRec.Ranker.Serving;
using AgentRec.Recommenders.Onnx;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Http;

/// <summary>The protocol over HTTP. Of health the status alone speaks: 200 or a 4xx; errors are <c>{"error": "..."}</c>.</summary>
internal static class HttpInference
{
    /// <summary>Maps the protocol's paths.</summary>
    /// <param name="app">The host.</param>
    public static void MapHttpInference(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v2/health/live", () => Results.Ok());
        app.MapGet("/v2/health/ready", (ModelStore store) => store.IsReady ? Results.Ok() : Results.BadRequest());
        app.MapGet("/v2", () => Json(new ServerBody(ServerIdentity.Name, ServerIdentity.Version, ServerIdentity.Extensions)));
        foreach (var path in (string[])["/v2/models/{model}", "/v2/models/{model}/versions/{version}"])
        {
            app.MapGet(path, Metadata);
            app.MapGet($"{path}/ready", (string model, string? version, ModelStore store) => store.Find(model, version ?? "") is null ? Results.NotFound() : Results.Ok());
            app.MapGet($"{path}/config", Config);
            app.MapPost($"{path}/infer", InferAsync);
        }
        app.MapFallback((HttpRequest request) => Error(StatusCodes.Status404NotFound, $"{request.Method} {request.Path} is not of the Open Inference Protocol v2."));
    }

    private static IResult Metadata(string model, string? version, ModelStore store, InferenceService service) =>
        store.Find(model, version ?? "") is not { } found ? Error(StatusCodes.Status404NotFound, service.Absence(model, version ?? ""))
        : Json(new ModelBody(
            model, [.. store.Models[model].Versions.Select(loaded => loaded.Name).Reverse()], ServerIdentity.Platform,
            [new TensorBody(OnnxExport.Input, ScoreRequest.Datatype, [-1, found.Features])], [new TensorBody(OnnxExport.Output, ScoreRequest.Datatype, [-1, 1])]));

    private static IResult Config(string model, string? version, ModelStore store, InferenceService service, IOptions<RankerOptions> options) =>
        store.Find(model, version ?? "") is not { } found ? Error(StatusCodes.Status404NotFound, service.Absence(model, version ?? ""))
        : Json(new ConfigBody(
            model, ServerIdentity.Platform, options.Value.MaximumBatchRows,
            new Dictionary<string, ConfigParameterBody>(StringComparer.Ordinal) { [Parameters.ArtifactVersion] = new(found.ArtifactVersion) }));

    private static async Task<IResult> InferAsync(string model, string? version, HttpRequest request, InferenceService service)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        ScoreRequest asked;
        string? id;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            asked = JsonScoreRequest.Read(body.RootElement, model, version ?? "");
            id = JsonScoreRequest.Id(body.RootElement);
        }
        catch (BadHttpRequestException exception)
        {
            return Error(exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Error(StatusCodes.Status400BadRequest, $"The body is not a request of the Open Inference Protocol v2: {exception.Message}");
        }
        var result = await service.ScoreAsync(asked, cancellationToken);
        return result.Refusal is { } refusal ? Error(Status(refusal.Kind), refusal.Message) : Answer(model, id, result);
    }

    private static IResult Answer(string model, string? id, ScoreResult result)
    {
        var scores = MemoryMarshal.Cast<byte, float>(result.Scores.Span).ToArray();
        var artifact = result.Version!.ArtifactVersion;
        return Json(new AnswerBody(
            model, result.Version.Name, id, artifact.Length == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal) { [Parameters.ArtifactVersion] = artifact },
            [new OutputBody(OnnxExport.Output, ScoreRequest.Datatype, [scores.Length, 1], scores)]));
    }

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Overloaded => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static IResult Json<T>(T body, int status = StatusCodes.Status200OK) => Results.Json(body, JsonBodies.Form, statusCode: status);

    private static IResult Error(int status, string message) => Json(new ErrorBody(message), status);
}
