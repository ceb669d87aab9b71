using System.Reflection;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AgentRec.Gateway.Policies;

/// <summary>A rule set as it came in: JSON or YAML by its content type. The registry reads and checks it.</summary>
internal sealed class PolicyBody : IRefusable, IBindableFromHttpContext<PolicyBody>, IEndpointParameterMetadataProvider
{
    /// <summary>The content types taken.</summary>
    internal static readonly string[] ContentTypes = ["application/json", "application/yaml", "application/x-yaml", "text/yaml"];

    private PolicyBody(string content, string? name, Refusal? refusal)
    {
        Content = content;
        Name = name;
        Refusal = refusal;
    }

    /// <summary>The rule set's text.</summary>
    public string Content { get; }

    /// <summary>The name in the body, where the body is JSON and has one.</summary>
    public string? Name { get; }

    /// <inheritdoc/>
    public Refusal? Refusal { get; }

    /// <inheritdoc/>
    public static async ValueTask<PolicyBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !ContentTypes.Any(taken => type.MediaType.Equals(taken, StringComparison.OrdinalIgnoreCase))
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return Refused(Refusals.UnsupportedMediaType("application/json or application/yaml, in UTF-8"));
        }
        var (bytes, unread) = await BodyText.ReadAsync(context.Request, options.MaximumBodyBytes, context.RequestAborted);
        if (unread is not null)
            return Refused(unread);
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return string.IsNullOrWhiteSpace(text) ? Refused(Refusals.WrongBody("It must be a rule set, not blank.")) : new(text, null, null);
        var (document, malformed) = BodyText.Parse(bytes);
        if (document is null)
            return Refused(malformed!);
        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return Refused(Refusals.WrongBody("It must be a JSON object: a rule set."));
            var name = document.RootElement.TryGetProperty("name", out var member) && member.ValueKind is JsonValueKind.String ? member.GetString() : null;
            return new(text, name, null);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new Accepts());

    private static PolicyBody Refused(Refusal refusal) => new(string.Empty, null, refusal);

    private sealed class Accepts : IAcceptsMetadata
    {
        IReadOnlyList<string> IAcceptsMetadata.ContentTypes => ContentTypes;

        public Type? RequestType => typeof(RuleSet);

        public bool IsOptional => false;
    }
}
