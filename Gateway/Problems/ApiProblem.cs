using System.Text.Json.Serialization;

namespace AgentRec.Gateway.Problems;

/// <summary>An error as RFC 9457 problem details.</summary>
/// <param name="Type">Names the kind of problem: <c>urn:agentrec:problem:</c> and the code.</param>
/// <param name="Title">The kind of problem in words, the same every time.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The kind of problem for programs; never renamed.</param>
/// <param name="Detail">What went wrong this time and what helps.</param>
/// <param name="Errors">By field, what is wrong with it; fields of nested values as <c>constraints[0].op</c>.</param>
/// <param name="TraceId">Finds the request in logs and traces.</param>
internal sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    string TraceId)
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";
}
