using AgentRec.Cli.Commands;
using Spectre.Console;

// Tables written to a file or a pipe are not squeezed into the width of a terminal.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 160;

return await CommandLine.RunAsync(args);
