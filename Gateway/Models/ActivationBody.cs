using System.Text.Json;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Models;

/// <summary>Names the model that is to be served.</summary>
/// <param name="Version">The model's version.</param>
/// <param name="Force">True to activate it even if it is worse than the active one beyond the margin; false without it.</param>
internal sealed record ActivationBody(string Version, bool? Force) : IRequestBody<ActivationBody>
{
    /// <inheritdoc/>
    public static ActivationBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields => new ActivationBody(fields.RequiredId("version"), fields.Truth("force")));
}
