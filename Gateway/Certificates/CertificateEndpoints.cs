using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Documentation;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Certificates;

/// <summary>Read and verify certificates.</summary>
internal static class CertificateEndpoints
{
    /// <summary>Adds the calls.</summary>
    /// <param name="api">Where to.</param>
    public static void MapCertificates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/certificates/{id}", Get).Describe("getCertificate", "Certificates", "Read a certificate")
            .Explain("In canonical form (RFC 8785), byte for byte as it was signed.")
            .Produces<Certificate>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/certificates/{id}/window", GetWindow).Describe("getWindow", "Certificates", "Read the window that a slate was chosen from")
            .Explain("Windows can betray a history: only admins may read them. They are kept for a limited time.")
            .Produces<JsonElement>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapPost("/certificates/verify", Verify).Describe("verifyCertificate", "Certificates", "Verify a certificate by recomputation")
            .Explain("Send the certificate exactly as it was received: canonical form is part of what is checked. An invalid certificate is a result (200, valid: false), not a fault of the request.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/keys", Keys).Describe("listKeys", "Certificates", "List the public keys, retired ones included").Refuses();
    }

    private static async Task<Results<RawJson, Refusal>> Get(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        await repetition.Repeat(() => agents.Certifier.FindCertificate(id), cancellationToken) is { } certificate
            ? new RawJson(certificate)
            : Refusals.UnknownCertificate();

    private static async Task<Results<RawJson, Refusal>> GetWindow(string id, Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        await repetition.Repeat(() => agents.Certifier.FindWindow(id), cancellationToken) is { } window
            ? new RawJson(window)
            : Refusals.UnknownWindow();

    private static async Task<Ok<VerificationReport>> Verify(
        Body<VerifyBody> body, Agents agents, Repetition repetition, CancellationToken cancellationToken)
    {
        var (certificate, window) = body.Value;
        return TypedResults.Ok(VerificationReport.Of(await repetition.Repeat(
            () => agents.Certifier.Verify(certificate.GetRawText(), window?.GetRawText()), cancellationToken)));
    }

    private static async Task<Ok<KeyList>> Keys(Agents agents, Repetition repetition, CancellationToken cancellationToken) =>
        TypedResults.Ok(new KeyList(await repetition.Repeat(() => agents.Certifier.Keys(), cancellationToken)));
}

/// <summary>The public keys.</summary>
/// <param name="Keys">By id, retired ones included.</param>
internal sealed record KeyList(ImmutableArray<VerificationKey> Keys);
