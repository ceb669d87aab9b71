namespace AgentRec.Simulation;

/// <summary>Audits that are ready to run; they are among the examples as files.</summary>
public static class ReadyAudits
{
    /// <summary>Do slates change when a user says who they are?</summary>
    public const string Sensitivity = "audit-sensitivity";

    /// <summary>What do groups of people and of providers get?</summary>
    public const string Groups = "audit-groups";

    /// <summary>What does a provider gain by claiming more than is true?</summary>
    public const string Manipulation = "audit-manipulation";

    /// <summary>Reads one.</summary>
    /// <param name="name">Its name, one of these.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Scenario Read(string name)
    {
        using var stream = typeof(ReadyAudits).Assembly.GetManifestResourceStream($"AgentRec.Simulation.examples.{name}.yaml")
            ?? throw new ArgumentException($"There is no audit '{name}'.", nameof(name));
        using var text = new StreamReader(stream);
        var reading = ScenarioReader.Read(text.ReadToEnd());
        return reading.Scenario ?? throw new InvalidOperationException($"The audit '{name}' is not valid: {string.Join("; ", reading.Errors)}");
    }
}
