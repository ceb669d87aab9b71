using System.Text.Json;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Users;

/// <summary>A receipt to verify.</summary>
/// <param name="Receipt">The receipt as it was received.</param>
internal sealed record ReceiptBody(JsonElement Receipt) : IRequestBody<ReceiptBody>
{
    /// <inheritdoc/>
    public static ReceiptBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields =>
        {
            var receipt = fields.Find("receipt", required: true);
            if (receipt is { ValueKind: not JsonValueKind.Object })
                fields.Fault("receipt", "must be an object");
            return new ReceiptBody(receipt ?? default);
        });
}
