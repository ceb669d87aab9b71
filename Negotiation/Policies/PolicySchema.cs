namespace AgentRec.Negotiation.Policies;

/// <summary>
/// The JSON Schema (draft 7) of rule sets, for editors and for validation elsewhere. <see cref="RuleSetReader"/> is the
/// authority: it also sees what a schema cannot say, such as ids that occur twice and lower bounds above upper ones.
/// </summary>
public static class PolicySchema
{
    private const string Resource = "policy.schema.json";

    private static readonly Lazy<string> Content = new(Read);

    /// <summary>The schema as JSON.</summary>
    public static string Text => Content.Value;

    private static string Read()
    {
        using var reader = new StreamReader(typeof(PolicySchema).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
