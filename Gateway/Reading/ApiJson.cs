using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Gateway.Reading;

/// <summary>The JSON form of answers: the domain's own.</summary>
internal static class ApiJson
{
    /// <summary>How deep a body may nest.</summary>
    public const int MaximumDepth = 32;

    /// <summary>The options, shared and read-only.</summary>
    public static JsonSerializerOptions Options => DomainJson.Options;

    /// <summary>Makes options that belong to somebody else write what <see cref="Options"/> writes.</summary>
    /// <param name="target">The options to change.</param>
    public static void Apply(JsonSerializerOptions target)
    {
        target.PropertyNamingPolicy = Options.PropertyNamingPolicy;
        target.DefaultIgnoreCondition = Options.DefaultIgnoreCondition;
        target.NumberHandling = Options.NumberHandling;
        target.Encoder = Options.Encoder;
        target.RespectNullableAnnotations = Options.RespectNullableAnnotations;
        target.RespectRequiredConstructorParameters = Options.RespectRequiredConstructorParameters;
        if (Options.TypeInfoResolver is { } resolver)
        {
            target.TypeInfoResolverChain.Clear();
            target.TypeInfoResolverChain.Add(resolver);
        }
        foreach (var converter in Options.Converters)
            target.Converters.Add(converter);
    }
}
