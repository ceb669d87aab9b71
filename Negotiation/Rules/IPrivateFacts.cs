using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// What rules may ask of a user's private history. The user agent answers from its memory while it negotiates, the policy
/// agent from the log when it certifies.
/// </summary>
public interface IPrivateFacts
{
    /// <summary>True when the user has consumed the item.</summary>
    /// <param name="itemId">The item.</param>
    bool IsConsumed(string itemId);

    /// <summary>How often the item was shown to the user within the last days, the slate in question not counted.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="days">The period, counted back from the turn, in days.</param>
    int Shown(string itemId, int days);

    /// <summary>
    /// How the items that the user took to spread over the values of a facet; without shares when there are none such. Null
    /// when this history does not tell.
    /// </summary>
    /// <param name="facet">The facet of a calibration rule in force.</param>
    FacetShares? Target(string facet);
}

/// <summary>A user without a history.</summary>
public sealed class NoHistory : IPrivateFacts
{
    /// <summary>The only instance.</summary>
    public static NoHistory Instance { get; } = new();

    private NoHistory()
    {
    }

    /// <inheritdoc/>
    public bool IsConsumed(string itemId) => false;

    /// <inheritdoc/>
    public int Shown(string itemId, int days) => 0;

    /// <inheritdoc/>
    public FacetShares Target(string facet) => new(facet, []);
}
