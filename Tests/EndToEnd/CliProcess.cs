using System.Diagnostics;

namespace AgentRec.Tests.EndToEnd;

/// <summary>The built command in a process of its own.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    /// <summary>Starts the command; its output can be read from the process.</summary>
    public static Process Start(params string[] arguments) => Start(NoVariables, arguments);

    /// <summary>Runs the command to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(NoVariables, arguments);

    /// <summary>Starts the command with environment variables of its own.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> variables, params string[] arguments) => Start(Repository.Root, variables, arguments);

    /// <summary>Runs the command to its end, with environment variables of its own.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        RunAsync(Repository.Root, variables, arguments);

    /// <summary>Runs the command of a checkout to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string build, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var process = Start(build, variables, arguments);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string build, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var command = Path.Combine(build, "Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "agentrec.dll");
        var start = new ProcessStartInfo("dotnet", [command, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"'dotnet {command}' could not be started.");
    }
}
