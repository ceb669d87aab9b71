using System.Text.Json;

namespace AgentRec.Gateway.Reading;

/// <summary>A body that a call takes.</summary>
/// <typeparam name="T">The body's own type.</typeparam>
internal interface IRequestBody<T>
    where T : IRequestBody<T>
{
    /// <summary>What the JSON must be as a whole.</summary>
    static virtual JsonValueKind Kind => JsonValueKind.Object;

    /// <summary>The type whose schema the documentation shows.</summary>
    static virtual Type Shape => typeof(T);

    /// <summary>The greatest number of bytes.</summary>
    /// <param name="options">The settings.</param>
    static virtual int Limit(GatewayOptions options) => options.MaximumBodyBytes;

    /// <summary>Makes a body of JSON.</summary>
    /// <param name="root">The JSON, of the stated kind.</param>
    /// <param name="errors">Takes the faults.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The body; ignored when there are errors.</returns>
    static abstract T? Read(JsonElement root, FieldErrors errors, GatewayOptions options);
}
