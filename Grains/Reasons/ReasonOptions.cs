namespace AgentRec.Grains.Reasons;

/// <summary>How reasons are told.</summary>
public sealed class ReasonOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Reasons";

    /// <summary>True: where there is a language model, it puts the verified claims of every slate into words. Titles of the user's own history that claims name are sent to it.</summary>
    /// <value>The default is false: reasons are put together from the claims, and nothing is sent.</value>
    public bool Worded { get; set; }
}
