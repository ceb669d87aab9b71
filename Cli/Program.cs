using AgentRec.Cli.Commands;

return await CommandLine.RunAsync(args);
