using AgentRec.Recommenders.Training;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>What commands print while they work. Progress goes to standard error, so that standard output stays a script's.</summary>
internal static class Say
{
    private static readonly IAnsiConsole Error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>One line of progress.</summary>
    /// <param name="text">Plain text.</param>
    public static void Progress(string text) => Error.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <summary>Something that deserves attention.</summary>
    /// <param name="text">Plain text.</param>
    public static void Warning(string text) => Error.MarkupLineInterpolated($"[yellow]{text}[/]");

    /// <summary>Prints the steps of training as they end.</summary>
    public static IProgress<TrainingProgress> Training() => new Immediate<TrainingProgress>(
        step => Progress($"training {step.Fraction,4:P0}  {step.Message}"));

    /// <summary>Reports on the caller's thread, in order.</summary>
    /// <typeparam name="T">What is reported.</typeparam>
    /// <param name="report">Hears of it.</param>
    internal sealed class Immediate<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
