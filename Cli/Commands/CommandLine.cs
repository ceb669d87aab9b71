using AgentRec.Grains.Abstractions.Storage;
using System.CommandLine;
using AgentRec.Import;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Simulation;
using AgentRec.Storage;

namespace AgentRec.Cli.Commands;

/// <summary>The <c>agentrec</c> command.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("AgentRec: a recommendation cluster whose parties are agents that negotiate every slate.")
        {
            DemoCommand.Create(), UpCommand.Create(), ImportCommand.Create(), TrainCommand.Create(), ModelsCommand.Create(), KeysCommand.Create(), EvaluateCommand.Create(), RecommendCommand.Create(),
            BenchCommand.Create(), ClusterCommand.Create(), SimulateCommand.Create(), AuditCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Run with --help to see what is allowed.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (Expected(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return exception is CommandFailure failure ? failure.ExitCode : ExitCode.Failed;
        }
    }

    private static bool Expected(Exception exception) => exception is
        CommandFailure or DataFolderException or StoreInUseException or StoreVersionException or StoreUnavailableException or ArtifactException or SimulationException
        or Microsoft.Extensions.Options.OptionsValidationException or IOException or UnauthorizedAccessException
        // An option whose text is not of its type: the message names the option and the value.
        or InvalidOperationException { InnerException: FormatException or ArgumentException };
}
