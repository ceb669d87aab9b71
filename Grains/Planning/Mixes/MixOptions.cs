using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>Whether and how planners learn which sources to fill windows with.</summary>
public sealed class MixOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Planner:Mixes";

    /// <summary>Whether a bandit chooses between mixes.</summary>
    /// <value>The default is false: every turn gets the standard mix.</value>
    public bool Enabled { get; set; }

    /// <summary>How many slates a period has. A slate is learnt from one period after its own has ended, with what feedback came by then.</summary>
    /// <value>The default is 500; from 10 to 100,000.</value>
    [Range(10, 100_000)]
    public int PeriodTurns { get; set; } = 500;
}
