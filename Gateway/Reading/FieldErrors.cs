namespace AgentRec.Gateway.Reading;

/// <summary>What is wrong with a body, by field, in the order of discovery. Beyond a hundred fields nobody reads on.</summary>
internal sealed class FieldErrors
{
    private const int Greatest = 100;
    private readonly Dictionary<string, string[]> byField = new(StringComparer.Ordinal);

    /// <summary>True when nothing is wrong.</summary>
    public bool IsEmpty => byField.Count == 0;

    /// <summary>By field, what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]> ByField => byField;

    /// <summary>The first fault as a phrase.</summary>
    public string First => byField.First() is var (name, messages) ? $"{name} {messages[0]}".TrimStart() : string.Empty;

    /// <summary>Notes a fault.</summary>
    /// <param name="path">The field.</param>
    /// <param name="message">A phrase that completes "the field ...".</param>
    public void Add(string path, string message)
    {
        if (byField.TryGetValue(path, out var messages))
            byField[path] = [.. messages, message];
        else if (byField.Count < Greatest)
            byField.Add(path, [message]);
    }
}
