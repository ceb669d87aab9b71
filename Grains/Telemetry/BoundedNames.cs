using System.Collections.Concurrent;

namespace AgentRec.Grains.Telemetry;

/// <summary>Keeps the number of different values of a metric's tag bounded, however many there are in the world.</summary>
internal sealed class BoundedNames
{
    /// <summary>How many names are told apart; the first ones that are seen.</summary>
    public const int Greatest = 64;

    /// <summary>What all further ones are called.</summary>
    public const string Others = "others";

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What a name is called in a metric.</summary>
    /// <param name="name">The name.</param>
    public string Of(string name) =>
        _names.TryGetValue(name, out var known) ? known
        : _names.Count >= Greatest ? Others
        : _names.GetOrAdd(name, name);
}
