namespace AgentRec.Import;

/// <summary>What kind of data folder is expected.</summary>
public enum DataFormat
{
    /// <summary>Whatever the folder's files say.</summary>
    Auto,

    /// <summary>One of the three MovieLens layouts.</summary>
    MovieLens,

    /// <summary>Files named <c>items</c> and <c>interactions</c>, as JSON lines or csv.</summary>
    Generic,
}
