namespace AgentRec.Storage.Sqlite;

/// <summary>What a piece of writing answers, and whether what it wrote is to stay.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="Answer">The answer.</param>
/// <param name="Keep">False: what was written is undone.</param>
internal readonly record struct Written<T>(T Answer, bool Keep = true);
