using System.Text.Json;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Certificates;

/// <summary>A certificate to verify.</summary>
/// <param name="Certificate">The certificate as it was received; its text is checked byte by byte.</param>
/// <param name="Window">The window that the slate was chosen from, where it is at hand; claims about utility need it.</param>
internal sealed record VerifyBody(JsonElement Certificate, JsonElement? Window) : IRequestBody<VerifyBody>
{
    /// <inheritdoc/>
    public static int Limit(GatewayOptions options) => options.MaximumBulkBodyBytes;

    /// <inheritdoc/>
    public static VerifyBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields => new VerifyBody(
            ReadObject(fields, "certificate", required: true) ?? default,
            ReadObject(fields, "window", required: false)));

    private static JsonElement? ReadObject(JsonFields fields, string name, bool required)
    {
        var value = fields.Find(name, required);
        if (value is { ValueKind: not JsonValueKind.Object })
            fields.Fault(name, "must be an object");
        return value;
    }
}
