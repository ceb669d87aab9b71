using AgentRec.Grains.Abstractions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentRec.Gateway.Problems;

/// <summary>Every problem that the gateway answers with: one code, one title, one status each.</summary>
internal static class Refusals
{
    /// <summary>The body is not JSON.</summary>
    /// <param name="detail">Where and why.</param>
    public static Refusal MalformedJson(string detail) =>
        new(StatusCodes.Status400BadRequest, "malformed-json", "The body is not well-formed JSON.") { Detail = detail };

    /// <summary>The body is JSON of the wrong shape as a whole.</summary>
    /// <param name="detail">What is expected.</param>
    public static Refusal WrongBody(string detail) =>
        new(StatusCodes.Status400BadRequest, "wrong-body", "The body has the wrong shape.") { Detail = detail };

    /// <summary>A part of the path, the query or a header breaks a rule.</summary>
    /// <param name="field">The part's name.</param>
    /// <param name="message">The rule.</param>
    public static Refusal InvalidParameter(string field, string message) =>
        new(StatusCodes.Status400BadRequest, "invalid-parameter", "A part of the path, the query or a header breaks a rule.") { Errors = One(field, message) };

    /// <summary>Fields of the body break rules.</summary>
    /// <param name="errors">By field, the rules.</param>
    public static Refusal InvalidFields(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid-fields", "Fields of the body break rules.") { Errors = errors };

    /// <summary>The body exceeds its limit.</summary>
    /// <param name="bytes">The limit.</param>
    public static Refusal BodyTooLarge(long bytes) =>
        new(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large.") { Detail = $"At most {bytes} bytes are taken; send several smaller requests." };

    /// <summary>The content type is none that the call takes.</summary>
    /// <param name="taken">What it takes.</param>
    public static Refusal UnsupportedMediaType(string taken) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The content type is not taken here.") { Detail = $"Send {taken}." };

    /// <summary>There is no such session.</summary>
    public static Refusal UnknownSession() => Unknown("session", "Open one with POST /v1/sessions.");

    /// <summary>The session has no such turn.</summary>
    public static Refusal UnknownTurn() => Unknown("turn", "Turns are numbered from 1 within their session.");

    /// <summary>The catalogue has no such item.</summary>
    public static Refusal UnknownItem() => Unknown("item", "Add it with PUT /v1/items.");

    /// <summary>There is no such rule set, or no such version of it.</summary>
    public static Refusal UnknownPolicy() => Unknown("policy", "Store it with PUT /v1/policies/{name}.");

    /// <summary>There is no such model.</summary>
    public static Refusal UnknownModel() => Unknown("model", "GET /v1/models lists those there are.");

    /// <summary>The model is worse than the active one beyond the margin.</summary>
    /// <param name="comparison">Both figures in words.</param>
    public static Refusal ModelRefused(string? comparison) =>
        Conflict("model-refused", "The model is worse than the active one.", $"{comparison} Repeat the request with \"force\": true to serve it all the same.");

    /// <summary>The model cannot be loaded.</summary>
    /// <param name="reason">Why, and what helps.</param>
    public static Refusal ModelUnusable(string? reason) => Conflict("model-unusable", "The model cannot be served.", reason);

    /// <summary>There is no such certificate.</summary>
    public static Refusal UnknownCertificate() => Unknown("certificate", null);

    /// <summary>The certificate's window is not kept, or never was.</summary>
    public static Refusal UnknownWindow() => Unknown("window", "Windows are kept for a limited time beside their certificates.");

    /// <summary>A text states no preference that could be read.</summary>
    public static Refusal NotUnderstood() => new(StatusCodes.Status422UnprocessableEntity, "not-understood", "The text states no preference that could be read.")
    {
        Detail = "Name facet values of the catalogue with what is thought of them, such as 'I no longer watch horror'. Nothing was changed.",
        Errors = One("text", "states no preference that could be read"),
    };

    /// <summary>A turn names a rule set that does not exist.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal TurnNamesUnknownPolicy(string? detail) =>
        new(StatusCodes.Status404NotFound, "unknown-policy", "There is no such policy.") { Detail = detail, Errors = One("policy", "names no stored policy") };

    /// <summary>A turn names a protocol that does not exist.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal UnknownProtocol(string? detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "unknown-protocol", "There is no such protocol.") { Detail = detail, Errors = One("protocol", "names no known protocol") };

    /// <summary>An answer names a question that is not open.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal UnknownQuestion(string? detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "unknown-question", "The question is not open.") { Detail = detail, Errors = One("answer.questionId", "names no open question of this session") };

    /// <summary>Feedback names an item that does not exist.</summary>
    public static Refusal FeedbackNamesUnknownItem() =>
        new(StatusCodes.Status404NotFound, "unknown-item", "There is no such item.") { Errors = One("itemId", "names no item of the catalogue") };

    /// <summary>Another turn of the session is running.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal TurnInProgress(string? detail) =>
        Conflict("turn-in-progress", "Another turn of this session is running.", detail ?? "Wait for it to end, then repeat the request.");

    /// <summary>The turn id was used with other content.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal TurnContentConflict(string? detail) =>
        Conflict("turn-content-conflict", "A turn with this id has run with other content.", detail ?? "Use a new turnId for a new request.");

    /// <summary>The session is closed.</summary>
    /// <param name="detail">What the session said.</param>
    public static Refusal SessionClosed(string? detail) => Conflict("session-closed", "The session is closed.", detail ?? "Open a new one with POST /v1/sessions.");

    /// <summary>The interaction id was used with other content, or the interaction cannot be recorded.</summary>
    /// <param name="reason">What the user agent said.</param>
    public static Refusal InteractionConflict(string? reason) =>
        Conflict("interaction-conflict", "The interaction contradicts what is recorded.", reason);

    /// <summary>The caller's tenant has no model that is served.</summary>
    /// <param name="detail">What is missing, and what to do.</param>
    public static Refusal TenantNotServed(string? detail) =>
        Unavailable("tenant-not-served", "The tenant has no model here.", detail) with { RetryAfter = 10 };

    /// <summary>The node cannot serve yet.</summary>
    /// <param name="detail">What is missing.</param>
    public static Refusal NotReady(string? detail) => Unavailable("not-ready", "The node is not ready yet.", detail);

    /// <summary>As many turns as the gateway takes are being worked on.</summary>
    public static Refusal Busy() => Unavailable("busy", "Too many turns are being worked on.", "Repeat the request in a moment.");

    /// <summary>The cluster did not answer in time; what became of the call is unknown.</summary>
    public static Refusal ClusterUnavailable() =>
        Unavailable("cluster-unavailable", "The cluster did not answer.", "The call may or may not have taken effect. Repeating it under the same id is harmless.");

    /// <summary>A turn did not end in a result.</summary>
    /// <param name="failure">The code that the session gave.</param>
    /// <param name="detail">What the session said.</param>
    public static Refusal TurnFailed(string failure, string? detail) => failure switch
    {
        "timeout" => Unavailable("turn-timeout", "The turn took too long.", detail ?? "Repeat the request under the same turnId."),
        TurnEnding.Closed => SessionClosed("The session was closed while the turn ran."),
        TurnEnding.Interrupted => ClusterUnavailable(),
        TurnEnding.Cancelled => Unavailable("turn-cancelled", "The turn was cancelled.", detail ?? "Repeat the request under the same turnId."),
        _ => new(StatusCodes.Status500InternalServerError, "turn-failed", "The turn failed.") { Detail = detail },
    };

    /// <summary>Something broke that should not.</summary>
    public static Refusal Internal() =>
        new(StatusCodes.Status500InternalServerError, "internal-error", "The gateway failed.") { Detail = "The fault is in the server. Its log holds the details under this traceId." };

    /// <summary>A status that routing or the server chose.</summary>
    /// <param name="status">The status.</param>
    public static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "unknown-route", "There is nothing under this path.") { Detail = "GET /openapi/v1.json lists every call; /docs shows them." },
        StatusCodes.Status405MethodNotAllowed => new(status, "method-not-allowed", "The path does not take this method.") { Detail = "The Allow header lists those it takes." },
        StatusCodes.Status413PayloadTooLarge => new(status, "body-too-large", "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("application/json (policies: application/yaml as well)"),
        _ => new(status, "http-" + status, ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase + "." : "The request failed."),
    };

    private static Refusal Unknown(string thing, string? remedy) =>
        new(StatusCodes.Status404NotFound, "unknown-" + thing, $"There is no such {thing}.") { Detail = remedy };

    private static Refusal Conflict(string code, string title, string? detail) => new(StatusCodes.Status409Conflict, code, title) { Detail = detail };

    private static Refusal Unavailable(string code, string title, string? detail) =>
        new(StatusCodes.Status503ServiceUnavailable, code, title) { Detail = detail, RetryAfter = 1 };

    private static Dictionary<string, string[]> One(string field, string message) => new(StringComparer.Ordinal) { [field] = [message] };
}
