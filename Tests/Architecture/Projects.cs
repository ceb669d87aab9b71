using System.Reflection;
using System.Xml.Linq;

namespace AgentRec.Tests.Architecture;

/// <summary>The projects of the design: what each is made of, and what it may use of the others.</summary>
internal static class Projects
{
    /// <summary>By project, the projects that it may use.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Recommenders"] = ["Domain"],
        ["Negotiation"] = ["Domain"],
        ["Import"] = ["Domain"],
        ["Language"] = ["Domain"],
        ["Grains.Abstractions"] = ["Domain"],
        ["Qdrant"] = ["Domain", "Grains.Abstractions"],
        ["Inference"] = ["Grains.Abstractions"],
        ["LanguageModel"] = ["Domain", "Grains.Abstractions"],
        ["Ranker"] = ["Inference", "Recommenders", "Telemetry"],
        ["Storage"] = ["Domain", "Grains.Abstractions"],
        ["Telemetry"] = [],
        ["Gateway"] = ["Domain", "Grains.Abstractions", "Telemetry"],
        ["Grains"] = ["Domain", "Grains.Abstractions", "Language", "Negotiation", "Recommenders"],
        ["Silo"] = ["Domain", "Grains", "Grains.Abstractions", "Inference", "LanguageModel", "Negotiation", "Qdrant", "Recommenders", "Storage", "Telemetry"],
        ["Simulation"] = ["Domain", "Grains", "Grains.Abstractions", "Import", "LanguageModel", "Negotiation", "Recommenders", "Silo", "Storage"],
    };

    public static Assembly Assembly(string project) => System.Reflection.Assembly.Load(project == "Ranker" ? "agentrec-ranker" : $"AgentRec.{project}");

    /// <summary>The assemblies that a project's code uses.</summary>
    public static string[] UsedAssemblies(string project) =>
        [.. Assembly(project).GetReferencedAssemblies().Select(name => name.Name!).Order(StringComparer.Ordinal)];

    /// <summary>The projects that a project file names.</summary>
    public static string[] NamedProjects(string project) =>
    [
        .. XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}
