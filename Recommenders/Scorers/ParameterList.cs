using System.Collections.Immutable;

namespace AgentRec.Recommenders.Scorers;

/// <summary>Writes parameters down by name.</summary>
internal static class ParameterList
{
    /// <summary>A list in ordinal order of names.</summary>
    /// <param name="entries">Names and values.</param>
    public static ImmutableSortedDictionary<string, double> Of(params ReadOnlySpan<(string Name, double Value)> entries)
    {
        var list = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
            list.Add(name, value);
        return list.ToImmutable();
    }
}
