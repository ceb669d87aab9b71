using AgentRec.Silo;
using AgentRec.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AgentRec.Cli.Hosting;

/// <summary>What <c>--store</c> names: a folder, or the database of the configuration.</summary>
internal static class StorePlace
{
    /// <summary>The word that means the database. Its connection string is a secret, and no argument of a command.</summary>
    public const string PostgreSql = "postgresql";

    /// <summary>Opens a store.</summary>
    /// <param name="place">What was named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">The options of the store have a wrong value.</exception>
    public static async Task<Store> OpenAsync(string place, CancellationToken cancellationToken) => IsPostgreSql(place)
        ? await PostgreSqlStore.OpenAsync(ReadOptions(), TimeProvider.System, cancellationToken)
        : await EmbeddedStore.OpenAsync(place, TimeProvider.System, cancellationToken);

    /// <summary>Opens a store that somebody has put data into.</summary>
    /// <param name="place">What was named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">There is no such folder, or the options of the store have a wrong value.</exception>
    public static async Task<Store> OpenExistingAsync(string place, CancellationToken cancellationToken) => IsPostgreSql(place) || Directory.Exists(place)
        ? await OpenAsync(place, cancellationToken)
        : throw new CommandFailure($"There is no store in {place}: import data into it first.");

    private static bool IsPostgreSql(string place) => string.Equals(place, PostgreSql, StringComparison.Ordinal);

    /// <summary>The settings that the environment and <c>appsettings.json</c> hold.</summary>
    public static IConfiguration ReadConfiguration() => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables(Node.EnvironmentPrefix)
        .Build();

    /// <summary>The options of the database.</summary>
    /// <exception cref="CommandFailure">One has a wrong value.</exception>
    public static StoreOptions ReadOptions()
    {
        try
        {
            return StoreSettings.Read(ReadConfiguration(), StoreProvider.PostgreSql);
        }
        catch (OptionsValidationException exception)
        {
            throw new CommandFailure(string.Join(' ', exception.Failures));
        }
    }
}
