using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Users;

/// <summary>What a user states about tastes; it comes before everything inferred.</summary>
/// <param name="Corrections">Statements about facet values, in order; none where there is a text.</param>
/// <param name="Text">Statements in plain words, such as "I no longer watch horror"; they come after the others.</param>
internal sealed record CorrectionsBody(ImmutableArray<Correction> Corrections, string? Text) : IRequestBody<CorrectionsBody>
{
    private const int GreatestName = 128;
    private const int GreatestValue = 500;
    private const int GreatestText = 4_000;

    /// <inheritdoc/>
    public static CorrectionsBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields =>
        {
            var text = fields.Text("text", GreatestText, required: false);
            return new CorrectionsBody(fields.Objects("corrections", options.MaximumConstraints, required: text is null, ReadCorrection), text);
        });

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
