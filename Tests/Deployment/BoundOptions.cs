using System.ComponentModel.DataAnnotations;
using System.Reflection;
using AgentRec.Grains.Sessions;
using AgentRec.Grains.Tools;
using AgentRec.Inference;
using AgentRec.Qdrant;
using AgentRec.Silo;
using AgentRec.Storage;
using Microsoft.Extensions.Configuration;

namespace AgentRec.Tests.Deployment;

/// <summary>The options that each host binds: every type with a <c>Section</c> of its assemblies, and those that are bound below another's.</summary>
internal static class BoundOptions
{
    public const string Prefix = "AGENTREC_";

    private static readonly Assembly[] SiloAssemblies = [typeof(SiloOptions).Assembly, typeof(SessionOptions).Assembly, typeof(StoreOptions).Assembly, typeof(RankingOptions).Assembly];

    /// <summary>By host, section and type.</summary>
    public static IReadOnlyDictionary<string, (string Section, Type Type)[]> ByHost { get; } = new Dictionary<string, (string, Type)[]>(StringComparer.Ordinal)
    {
        ["silo"] = [.. SiloAssemblies.SelectMany(Sections), ("Tools:Vectors", typeof(QdrantOptions)), ("Tools:Vectors:Limits", typeof(ToolLimits)), ("Tools:Ranking:Limits", typeof(ToolLimits))],
        ["gateway"] = [.. Sections(typeof(Gateway.GatewayOptions).Assembly), ("Store", typeof(GatewayStore))],
        ["cli"] = [("Store", typeof(StoreOptions)), ("", typeof(CliSecrets))],
    };

    /// <summary>What is wrong with a host's settings: names that nothing binds, and values that are refused.</summary>
    /// <param name="host">The host.</param>
    /// <param name="settings">Its environment.</param>
    public static List<string> Problems(string host, IReadOnlyDictionary<string, string> settings)
    {
        var own = settings.Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(one => one.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), one => (string?)one.Value, StringComparer.Ordinal);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(own).Build();
        var problems = own.Keys.Where(name => !ByHost[host].Any(options => Binds(options, name))).Select(name => $"{host}: nothing binds {name}").ToList();
        foreach (var (section, type) in ByHost[host])
        {
            var options = Activator.CreateInstance(type)!;
            if (section.Length > 0)
                configuration.GetSection(section).Bind(options, binder => binder.BindNonPublicProperties = false);
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
                problems.AddRange(results.Select(result => $"{host}: {result.ErrorMessage}"));
        }
        return problems;
    }

    private static bool Binds((string Section, Type Type) options, string name)
    {
        var at = name.LastIndexOf(':');
        // The environment's names count whatever their case; files are to be exact all the same.
        return string.Equals(at < 0 ? "" : name[..at], options.Section, StringComparison.Ordinal) && options.Type.GetProperty(name[(at + 1)..]) is { SetMethod.IsPublic: true };
    }

    private static IEnumerable<(string, Type)> Sections(Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is { IsLiteral: true })
        .Select(type => ((string)type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!, type));

    /// <summary>What a gateway reads of the store: the database in which it finds the silos.</summary>
    private sealed class GatewayStore
    {
        [Required]
        public string? ConnectionString { get; set; }
    }

    /// <summary>What commands read of the environment alone.</summary>
    private sealed class CliSecrets
    {
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1707", Justification = "It is the variable's name.")]
        public string? API_KEY { get; set; }
    }
}
