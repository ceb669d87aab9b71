namespace AgentRec.Cli.Commands;

/// <summary>Reads a list of names, such as those of models, from the command line.</summary>
internal static class ModelList
{
    /// <summary>Reads the list.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="values">What was given: names, each value possibly several separated by commas.</param>
    /// <param name="known">The allowed names.</param>
    /// <returns>The names, each once, in the order given; all known ones when none was given.</returns>
    /// <exception cref="CommandFailure">A name is not known.</exception>
    public static IReadOnlyList<string> Read(string option, string[]? values, IReadOnlyList<string> known)
    {
        string[] names =
        [
            .. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal),
        ];
        if (names.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new CommandFailure($"{option}: there is no '{unknown}'; known are {string.Join(", ", known)}.", ExitCode.Usage);
        return names.Length == 0 ? known : names;
    }
}
