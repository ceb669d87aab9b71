using AgentRec.Cli.Terminal;
using AgentRec.Domain;

namespace AgentRec.Cli.Hosting;

/// <summary>Prints every row that is left out of an import, with file, line and reason.</summary>
internal sealed class Rejections
{
    /// <summary>How many rows were left out.</summary>
    public long Count { get; private set; }

    /// <summary>A row was left out.</summary>
    /// <param name="row">The row.</param>
    public void Add(RejectedRow row)
    {
        Count++;
        Say.Warning($"{row.File}:{row.Line}: {row.Reason}");
    }
}
