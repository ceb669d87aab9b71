namespace AgentRec.Domain;

/// <summary>A row of a data file that was left out.</summary>
/// <param name="File">The file's name within its folder.</param>
/// <param name="Line">The line on which the row starts, from 1; 0 speaks of the whole file.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record RejectedRow(string File, long Line, string Reason)
{
    /// <summary>The row as a compiler would name it.</summary>
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Reason}" : $"{File}: {Reason}";
}
