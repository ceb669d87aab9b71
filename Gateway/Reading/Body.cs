using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AgentRec.Gateway.Reading;

/// <summary>An argument that may hold a refusal in place of a value.</summary>
internal interface IRefusable
{
    /// <summary>Why there is no value.</summary>
    Refusal? Refusal { get; }
}

/// <summary>A request's body: read, checked and bound before the handler runs. <see cref="RefuseUnreadable"/> answers for unreadable ones.</summary>
/// <typeparam name="T">What the body holds.</typeparam>
internal sealed class Body<T> : IRefusable, IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class, IRequestBody<T>
{
    private Body(T? value, Refusal? refusal)
    {
        Read = value;
        Refusal = refusal;
    }

    /// <inheritdoc/>
    public Refusal? Refusal { get; }

    /// <summary>The body. Handlers only run when there is one.</summary>
    public T Value => Read ?? throw new InvalidOperationException($"The body was refused; the filter {nameof(RefuseUnreadable)} must stand before this handler.");

    private T? Read { get; }

    /// <summary>A body that the tests hand to a handler.</summary>
    /// <param name="value">The body.</param>
    public static implicit operator Body<T>(T value) => new(value, null);

    /// <inheritdoc/>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!IsJson(context.Request.ContentType))
            return new(null, Refusals.UnsupportedMediaType("application/json in UTF-8"));
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var (bytes, unread) = await BodyText.ReadAsync(context.Request, T.Limit(options), context.RequestAborted);
        if (unread is not null)
            return new(null, unread);
        var (document, malformed) = BodyText.Parse(bytes);
        if (document is null)
            return new(null, malformed);
        context.Response.RegisterForDispose(document);
        if (document.RootElement.ValueKind != T.Kind)
            return new(null, Refusals.WrongBody($"It must be a JSON {(T.Kind is JsonValueKind.Array ? "array" : "object")}."));
        var errors = new FieldErrors();
        var value = T.Read(document.RootElement, errors, options);
        return errors.IsEmpty ? new(value, null) : new(null, Refusals.InvalidFields(errors.ByField));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsJson(T.Shape));

    private static bool IsJson([NotNullWhen(true)] string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private sealed record AcceptsJson(Type RequestType) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

        public bool IsOptional => false;

        Type? IAcceptsMetadata.RequestType => RequestType;
    }
}
