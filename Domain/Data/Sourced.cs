namespace AgentRec.Domain;

/// <summary>A record with the place it was read from, so that a later objection to it can name that place.</summary>
/// <typeparam name="T">The record's type.</typeparam>
/// <param name="Value">The record.</param>
/// <param name="File">The file's name within its folder.</param>
/// <param name="Line">The line on which the record starts, from 1.</param>
public readonly record struct Sourced<T>(T Value, string File, long Line);
