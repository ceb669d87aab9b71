using System.Reflection;
using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Turns;

/// <summary>The <c>Idempotency-Key</c> header, which is another place for a turn's id.</summary>
/// <param name="value">The header's value, where there is one.</param>
/// <param name="refusal">What is wrong with it.</param>
internal sealed class TurnKey(string? value, Refusal? refusal) : IRefusable, IBindableFromHttpContext<TurnKey>
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <inheritdoc/>
    public Refusal? Refusal => refusal;

    /// <inheritdoc/>
    public static ValueTask<TurnKey?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var values = context.Request.Headers[Header];
        var problem = values.Count switch
        {
            0 => null,
            1 => Identifier.Problem(values[0]),
            _ => "must be given once",
        };
        return ValueTask.FromResult<TurnKey?>(
            problem is null ? new(values.Count == 0 ? null : values[0], null) : new(null, Refusals.InvalidParameter(Header, problem)));
    }

    /// <summary>The turn's id from header and body.</summary>
    /// <param name="inBody">The body's.</param>
    /// <returns>The id, where there is one, or the refusal of two that differ.</returns>
    public (string? TurnId, Refusal? Refusal) With(string? inBody) =>
        value is not null && inBody is not null && !string.Equals(value, inBody, StringComparison.Ordinal)
            ? (null, Refusals.InvalidParameter(Header, "must equal turnId where both are given"))
            : (value ?? inBody, null);
}
