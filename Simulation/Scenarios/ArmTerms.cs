using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>What is learned from interactions.</summary>
public sealed record ModelTerms
{
    /// <summary>The scorers that are trained and blended, as in <c>train --models</c>.</summary>
    /// <value>The default are the quick ones: popularity, itemknn, content and sequence.</value>
    public ImmutableArray<string> Scorers { get; init; } = ["popularity", "itemknn", "content", "sequence"];

    /// <summary>Whether a ranking model is learned on top.</summary>
    /// <value>The default is false.</value>
    public bool Ranking { get; init; }
}

/// <summary>One way to recommend.</summary>
/// <param name="Name">The arm's name, unique.</param>
public sealed record ArmTerms(string Name)
{
    /// <summary>The rule set, bundled or one of the scenario's.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Policy { get; init; } = "default";

    /// <summary>The negotiation protocol; null: the rule set's own.</summary>
    public string? Protocol { get; init; }

    /// <summary>The terms of item agency; null: the rule set's own.</summary>
    public Agency? Agency { get; init; }

    /// <summary>What is learned; null: as the scenario says.</summary>
    public ModelTerms? Models { get; init; }

    /// <summary>After how many periods models learn anew, 0 for never; null: as the scenario says.</summary>
    public int? RetrainEvery { get; init; }

    /// <summary>Whether turns may be answered with a question; null: as the silo's settings say. <c>Dialogue:Strategy</c> among the settings chooses what is asked.</summary>
    public QuestionMode? Questions { get; init; }

    /// <summary>What providers do; null: as the scenario says. With none, all are honest.</summary>
    public ImmutableArray<ProviderTerms>? Providers { get; init; }

    /// <summary>Whether users who look invented are left out when models learn anew.</summary>
    public bool Screen { get; init; }

    /// <summary>
    /// How users read slates: the name of a brain that the run is given (<see cref="LabOptions.Brains"/>; <c>language</c> is known to the command
    /// line); null: the rules.
    /// </summary>
    public string? Brain { get; init; }

    /// <summary>Settings of the silo, as in <c>appsettings.json</c>: <c>Planner:WindowSize</c> and so on.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
