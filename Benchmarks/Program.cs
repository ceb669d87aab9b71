using System.CommandLine;
using AgentRec.Benchmarks;
using AgentRec.Benchmarks.Agents;
using AgentRec.Benchmarks.Cluster;
using AgentRec.Benchmarks.Ranking;
using AgentRec.Benchmarks.Soak;
using AgentRec.Benchmarks.Store;
using AgentRec.Benchmarks.Tools;
using AgentRec.Benchmarks.Turns;

var root = new RootCommand("Benchmarks of AgentRec.") { TurnsCommand.Create(), RankerCommand.Create(), ToolsCommand.Create(), StoreCommand.Create(), AgentsCommand.Create(), ClusterCommand.Create(), SoakCommand.Create() };
// A node that was started must be stopped, however long that takes.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
try
{
    return await root.Parse(args).InvokeAsync(configuration);
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Cancelled.");
    return 1;
}
catch (Exception exception) when (exception is BenchmarkFailure or HttpRequestException or IOException or AgentRec.Import.DataFolderException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
