using System.Collections.Immutable;
using AgentRec.Cli.Hosting;
using AgentRec.Simulation;
using Microsoft.Extensions.Configuration;

namespace AgentRec.Cli.Commands;

/// <summary>The brains that a scenario may name on the command line: a language model, configured as for a silo.</summary>
internal sealed class Brains : IAsyncDisposable
{
    private readonly LanguageBrain? _language;

    private Brains(LanguageBrain? language) => _language = language;

    /// <summary>By name.</summary>
    public ImmutableDictionary<string, IUserBrain> All => _language is null
        ? ImmutableDictionary<string, IUserBrain>.Empty
        : ImmutableDictionary<string, IUserBrain>.Empty.WithComparers(StringComparer.Ordinal).Add(LanguageBrain.Name, _language);

    /// <summary>Makes those that a scenario names.</summary>
    /// <param name="scenario">The scenario.</param>
    public static Brains Of(Scenario scenario) => new(
        scenario.Arms.Any(arm => string.Equals(arm.Brain, LanguageBrain.Name, StringComparison.Ordinal))
            ? LanguageBrain.Create(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables(Node.EnvironmentPrefix).Build())
            : null);

    public ValueTask DisposeAsync() => _language?.DisposeAsync() ?? default;
}
