using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Gateway.Interactions;

/// <summary>What the session's user did with an item.</summary>
/// <param name="InteractionId">Unique: the same id with the same content is harmless, with other content refused.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Type">What was done.</param>
/// <param name="Value">For <c>rate</c> the rating, 0.5 to 5.</param>
internal sealed record FeedbackBody(string InteractionId, string ItemId, InteractionType Type, double? Value) : IRequestBody<FeedbackBody>
{
    /// <summary>Stands in for the session's user, who is not known yet when a body is read.</summary>
    private const string SomeUser = "-";

    /// <inheritdoc/>
    public static FeedbackBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields =>
        {
            var body = new FeedbackBody(
                fields.RequiredId("interactionId"), fields.RequiredId("itemId"), fields.Choice<InteractionType>("type"), fields.Number("value"));
            InteractionReader.Checked(fields, body.By(SomeUser));
            return body;
        });

    /// <summary>The interaction; the time of arrival counts.</summary>
    /// <param name="userId">The session's user.</param>
    public Interaction By(string userId) => new(InteractionId, userId, ItemId, Type, Value, Timestamp: null);
}

/// <summary>What became of feedback.</summary>
/// <param name="InteractionId">The interaction.</param>
/// <param name="Status"><c>accepted</c>, or <c>duplicate</c> when it was recorded already.</param>
internal sealed record FeedbackReport(string InteractionId, RecordStatus Status);
