namespace AgentRec.Simulation;

/// <summary>What changes in a person from period to period; this is what a checkpoint keeps.</summary>
internal sealed class PersonState
{
    /// <summary>The taste, which drifts.</summary>
    public required double[] Taste { get; set; }

    /// <summary>How the person feels about the recommender: -0.5 to 0.5, 0 at the start.</summary>
    public double Mood { get; set; }

    /// <summary>The person stays away until this period; 0: not at all.</summary>
    public int AwayUntil { get; set; }

    /// <summary>True when the person will not come back.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Items that the person knows: rated before, or taken here.</summary>
    public required HashSet<int> Known { get; init; }

    /// <summary>What the person has come to expect, where ratings are relative to that.</summary>
    public AdaptationLevel? Expects { get; init; }

    /// <summary>The first genres of what was taken last, the newest last, at most five.</summary>
    public List<string> Lately { get; init; } = [];
}
