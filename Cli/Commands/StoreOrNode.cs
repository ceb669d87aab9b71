using System.CommandLine;
using AgentRec.Cli.Hosting;
using AgentRec.Storage;

namespace AgentRec.Cli.Commands;

/// <summary>What a command works on: exactly one of a store and a node that runs.</summary>
/// <param name="Store">What <c>--store</c> names.</param>
/// <param name="Url">The node's address.</param>
internal sealed record StoreOrNode(string? Store, Uri? Url)
{
    /// <summary>The options, for a command and those below it.</summary>
    public static (Option<string> Store, Option<string> Url) Options()
    {
        var store = CommonOptions.Store(required: false);
        store.Recursive = true;
        var url = new Option<string>("--url")
        {
            Description = $"The address of a node that runs, instead of its store. Where it needs an access key, {NodeClient.KeyVariable} holds one with the scope 'admin'.",
            HelpName = "URL", Recursive = true,
        };
        return (store, url);
    }

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CommandFailure">None is given, or both, or no address.</exception>
    public static StoreOrNode Of(ParseResult parsed, (Option<string> Store, Option<string> Url) options)
    {
        var (store, url) = (parsed.GetValue(options.Store), parsed.GetValue(options.Url));
        if (store is null == url is null)
            throw new CommandFailure("Name either a store with --store or a node that runs with --url.", ExitCode.Usage);
        if (url is null)
            return new StoreOrNode(store, null);
        return new StoreOrNode(null, Address(url));
    }

    /// <summary>Reads what <c>--url</c> names.</summary>
    /// <param name="url">The text.</param>
    /// <param name="option">The option that it was given by.</param>
    /// <exception cref="CommandFailure">It is no address.</exception>
    public static Uri Address(string url, string option = "--url") => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new CommandFailure($"{option}: '{url}' is not an address such as http://127.0.0.1:5080.", ExitCode.Usage);

    /// <summary>Opens the store.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">Somebody else has it open, or there is none.</exception>
    public async Task<Store> OpenStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StorePlace.OpenExistingAsync(Store!, cancellationToken);
        }
        catch (StoreInUseException inUse)
        {
            throw new CommandFailure($"{inUse.Message} Where a node runs on it, name the node instead: --url http://127.0.0.1:5080.");
        }
    }
}
