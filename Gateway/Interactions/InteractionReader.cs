using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Interactions;

/// <summary>Reads an interaction: <c>{interactionId, userId, itemId, type, value?, timestamp?}</c>.</summary>
internal static class InteractionReader
{
    /// <summary>Reads one.</summary>
    /// <param name="fields">Its members.</param>
    public static Interaction Read(JsonFields fields) => Checked(fields, new Interaction(
        fields.RequiredId("interactionId"),
        fields.RequiredId("userId"),
        fields.RequiredId("itemId"),
        fields.Choice<InteractionType>("type"),
        fields.Number("value"),
        fields.Moment("timestamp")));

    /// <summary>Notes what the domain has against an interaction beyond its members' own rules.</summary>
    /// <param name="fields">Takes the fault.</param>
    /// <param name="interaction">The interaction.</param>
    /// <returns>The interaction.</returns>
    public static Interaction Checked(JsonFields fields, Interaction interaction)
    {
        if (interaction.Problem() is ("value", var problem))
            fields.Fault("value", problem);
        return interaction;
    }
}
