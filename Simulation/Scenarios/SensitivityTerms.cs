using System.Collections.Immutable;

namespace AgentRec.Simulation;

/// <summary>
/// What is asked after an arm's last period: do slates change when an attribute of the user does, and nothing else? The same users, with the
/// same memory, luck and moment, get a slate without the attribute and one with each of its values.
/// </summary>
/// <param name="Attribute">The attribute's name; sessions carry it in their context.</param>
/// <param name="Values">Its values, 2 to 20.</param>
public sealed record SensitivityTerms(string Attribute, ImmutableArray<string> Values)
{
    /// <summary>The greatest number of users.</summary>
    public const int GreatestUsers = 1_000;

    /// <summary>The greatest number of values.</summary>
    public const int GreatestValues = 20;

    /// <summary>
    /// What the user says, with <c>{value}</c> where the value goes, which is left out for the slate without it; null: nothing is said, the value
    /// stands in the session's context alone.
    /// </summary>
    public string? Says { get; init; }

    /// <summary>How many users are asked.</summary>
    /// <value>The default is 50; from 1 to 1,000, and at most all of the world.</value>
    public int Users { get; init; } = 50;

    /// <summary>What is said with a value; with null, without any.</summary>
    internal string? Message(string? value)
    {
        if (Says is null)
            return null;
        var said = Says.Replace("{value}", value ?? "", StringComparison.Ordinal);
        return string.Join(' ', said.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
