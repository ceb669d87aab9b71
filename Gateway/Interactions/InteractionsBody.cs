using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Interactions;

/// <summary>Interactions to record, each of which is accepted or rejected by itself.</summary>
/// <param name="Elements">For each element of the array the interaction, or why it is none.</param>
internal sealed record InteractionsBody(IReadOnlyList<InteractionElement> Elements) : IRequestBody<InteractionsBody>
{
    /// <inheritdoc/>
    public static JsonValueKind Kind => JsonValueKind.Array;

    /// <inheritdoc/>
    public static Type Shape => typeof(Interaction[]);

    /// <inheritdoc/>
    public static int Limit(GatewayOptions options) => options.MaximumBulkBodyBytes;

    /// <inheritdoc/>
    public static InteractionsBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options)
    {
        if (root.GetArrayLength() > options.MaximumInteractions)
        {
            errors.Add("interactions", $"must be an array of at most {options.MaximumInteractions} elements, not {root.GetArrayLength()}");
            return null;
        }
        var elements = new List<InteractionElement>(root.GetArrayLength());
        // Across users the agents record at the same time, so which of two would win must be settled here.
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in root.EnumerateArray())
        {
            var faults = new FieldErrors();
            var interaction = JsonFields.Read(element, string.Empty, faults, InteractionReader.Read);
            if (faults.IsEmpty && interaction is not null && !owners.TryAdd(interaction.InteractionId, interaction.UserId)
                && !string.Equals(owners[interaction.InteractionId], interaction.UserId, StringComparison.Ordinal))
            {
                faults.Add("interactionId", "is used for another user earlier in the array");
            }
            elements.Add(faults.IsEmpty ? new(interaction, null) : new(null, faults.First));
        }
        return new(elements);
    }
}

/// <summary>One element of an array of interactions.</summary>
/// <param name="Interaction">The interaction, where it is one.</param>
/// <param name="Problem">Why it is none.</param>
internal sealed record InteractionElement(Interaction? Interaction, string? Problem);
