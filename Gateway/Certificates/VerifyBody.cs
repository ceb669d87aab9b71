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
            ReadElement(fields, "certificate", JsonValueKind.Object, "must be an object", required: true) ?? default,
            ReadElement(fields, "window", JsonValueKind.Array, "must be an array, as the window's own address gives it", required: false)));

    private static JsonElement? ReadElement(JsonFields fields, string name, JsonValueKind kind, string rule, bool required)
    {
        var value = fields.Find(name, required);
        if (value is { } element && element.ValueKind != kind)
            fields.Fault(name, rule);
        return value;
    }
}
