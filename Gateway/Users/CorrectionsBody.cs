using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Users;

/// <summary>What a user states about tastes; it comes before everything inferred.</summary>
/// <param name="Corrections">At least one, in order.</param>
internal sealed record CorrectionsBody(ImmutableArray<Correction> Corrections) : IRequestBody<CorrectionsBody>
{
    private const int GreatestName = 128;
    private const int GreatestValue = 500;

    /// <inheritdoc/>
    public static CorrectionsBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields => new CorrectionsBody(
            fields.Objects("corrections", options.MaximumConstraints, required: true, ReadCorrection)));

    private static Correction ReadCorrection(JsonFields fields)
    {
        var facet = fields.Text("facet", GreatestName, required: true) ?? string.Empty;
        var value = string.Empty;
        if (fields.Find("value", required: true) is { } element)
        {
            if (JsonFields.ScalarText(element) is { Length: <= GreatestValue } text && !string.IsNullOrWhiteSpace(text))
                value = text;
            else
                fields.Fault("value", $"must be a number, a truth value or a text of 1 to {GreatestValue} characters");
        }
        return new(facet, value, fields.Choice<Attitude>("attitude"));
    }
}
