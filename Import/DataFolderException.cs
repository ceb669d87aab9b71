namespace AgentRec.Import;

/// <summary>The folder as a whole cannot be imported.</summary>
/// <param name="message">Names the folder, what was found and the remedy.</param>
public sealed class DataFolderException(string message) : IOException(message);
