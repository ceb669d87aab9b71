using System.CommandLine;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;

namespace AgentRec.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The store.</summary>
    public static Option<string> Store(bool required) => new("--store")
    {
        Description = $"The folder of the embedded store, or '{StorePlace.PostgreSql}' for the database of AGENTREC_Store__ConnectionString.", HelpName = $"DIR|{StorePlace.PostgreSql}", Required = required,
    };

    /// <summary>The tenant.</summary>
    /// <param name="description">What it is for.</param>
    public static Option<string> Tenant(string description = "Whose data and models they are.")
    {
        var tenant = new Option<string>("--tenant") { Description = description, HelpName = "ID", DefaultValueFactory = _ => Identifier.DefaultTenant };
        tenant.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && Identifier.Problem(given) is { } problem)
                result.AddError($"--tenant {problem}.");
        });
        return tenant;
    }

    /// <summary>The data folder.</summary>
    public static Option<string> Data(bool required) => new("--data")
    {
        Description = "A folder of items and interactions: a MovieLens layout (ml-latest-small, ml-100k, ml-1m), or items.{jsonl,csv} and interactions.{jsonl,csv}.",
        HelpName = "DIR", Required = required,
    };

    /// <summary>Whether a worse model is activated all the same.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Activates the model even if it is worse than the active one beyond the margin (Models:GreatestLoss)." };

    /// <summary>The seed.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "The seed of everything random. The same seed gives the same results.", HelpName = "N", DefaultValueFactory = _ => 0,
    };
}
