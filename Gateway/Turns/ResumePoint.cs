using System.Globalization;
using System.Reflection;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Turns;

/// <summary>Where a stream is taken up: behind <c>Last-Event-ID</c>, or behind <c>?after=</c>.</summary>
/// <param name="after">The number of the last event that the client has seen; 0: none.</param>
/// <param name="refusal">What is wrong with header or query.</param>
internal sealed class ResumePoint(int after, Refusal? refusal) : IRefusable, IBindableFromHttpContext<ResumePoint>
{
    /// <summary>The header's name; browsers send it when they reconnect, so it is newer than the query.</summary>
    public const string Header = "Last-Event-ID";

    /// <summary>The query parameter's name.</summary>
    public const string Query = "after";

    /// <summary>The number of the last event that the client has seen; 0: none.</summary>
    public int After => after;

    /// <inheritdoc/>
    public Refusal? Refusal => refusal;

    /// <inheritdoc/>
    public static ValueTask<ResumePoint?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers[Header];
        var (name, values) = header.Count > 0 ? (Header, header) : (Query, context.Request.Query[Query]);
        if (values.Count == 0 || (name is Header && values is [""]))
            return ValueTask.FromResult<ResumePoint?>(new(0, null));
        var point = values.Count == 1 && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ResumePoint(number, null)
            : new ResumePoint(0, Refusals.InvalidParameter(name, $"must be the number of an event, from 0 to {int.MaxValue}"));
        return ValueTask.FromResult<ResumePoint?>(point);
    }
}
