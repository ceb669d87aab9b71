using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace AgentRec.Tests.Architecture;

/// <summary>
/// What two builds of one cluster must agree on, as text: by interface its methods, by type its members with their ids, by enumeration
/// its numbers, and the names of grains and of their stored states. Names of members are for readers: the wire knows ids alone.
/// </summary>
internal sealed class ContractManifest
{
    /// <summary>Stands where a member was: its id is never given again.</summary>
    public const string Retired = "retired";

    private const BindingFlags OwnMembers = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly string[] Carriers = ["Domain", "Grains.Abstractions", "Grains", "Negotiation", "Recommenders"];

    private ContractManifest(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> sections) => Sections = sections;

    /// <summary>By heading, such as <c>type agentrec.Bid</c>: what it promises, by key, such as <c>0</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Sections { get; }

    /// <summary>What this build promises.</summary>
    public static ContractManifest OfThisBuild()
    {
        var types = Carriers.SelectMany(project => Projects.Assembly(project).GetTypes()).Where(static type => type.Namespace?.StartsWith("AgentRec", StringComparison.Ordinal) is true).ToArray();
        var interfaces = types.Where(static type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)).ToArray();
        var carried = types.Where(static type => !type.IsEnum && Argument(type, "GenerateSerializerAttribute", out _) && Alias(type) is not null).ToArray();
        var grains = types.Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type)).ToArray();
        var numbered = new SortedSet<Type>(Comparer<Type>.Create(static (x, y) => string.CompareOrdinal(x.FullName, y.FullName)));
        var sections = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in interfaces)
            sections.Add($"grain {Alias(type)}", Methods(type, numbered));
        foreach (var type in carried)
            sections.Add($"type {Alias(type)}", Members(type, numbered));
        foreach (var type in grains)
            sections.Add($"class {First(type, "GrainTypeAttribute")}", States(type));
        foreach (var type in numbered)
            sections.Add($"enum {type.Name}", Numbers(type));
        return new ContractManifest(sections.ToImmutable());
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">As <see cref="Write"/> writes it.</param>
    public static ContractManifest Read(string text)
    {
        var sections = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var section in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = section.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            sections.Add(lines[0], lines.Skip(1).Select(static line => line.Split(' ', 2)).ToImmutableSortedDictionary(static line => line[0], static line => line[1], StringComparer.Ordinal));
        }
        return new ContractManifest(sections.ToImmutable());
    }

    /// <summary>Writes it, sections and what they promise in a fixed order.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (heading, promises) in Sections)
        {
            text.Append(heading).Append('\n');
            foreach (var (key, promise) in promises.OrderBy(static promise => int.TryParse(promise.Key, CultureInfo.InvariantCulture, out var id) ? id : 0).ThenBy(static promise => promise.Key, StringComparer.Ordinal))
                text.Append("  ").Append(key).Append(' ').Append(promise).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>What a build that keeps this manifest and one that keeps a later one would misunderstand of each other.</summary>
    /// <param name="later">The later one.</param>
    /// <returns>A sentence each; empty where both can be in one cluster.</returns>
    public IEnumerable<string> BrokenBy(ContractManifest later)
    {
        foreach (var (heading, promises) in Sections)
        {
            if (!later.Sections.TryGetValue(heading, out var kept))
            {
                yield return $"{heading} is gone";
                continue;
            }
            foreach (var (key, promise) in promises)
            {
                var there = kept.GetValueOrDefault(key);
                if (promise == Retired)
                {
                    if (there is not null and not Retired)
                        yield return $"{heading}: {key} is {there}, but this id is retired: take another";
                }
                else if (there is null or Retired)
                    yield return $"{heading}: {key} ({promise}) is gone";
                else if (Meaning(there) != Meaning(promise))
                    yield return $"{heading}: {key} was {promise} and is {there}";
            }
        }
    }

    /// <summary>This manifest with the retired ids of an earlier one, which the code does not know of.</summary>
    /// <param name="earlier">The earlier one.</param>
    public ContractManifest WithRetired(ContractManifest earlier) => new(Sections.ToImmutableSortedDictionary(
        static section => section.Key,
        section => earlier.Sections.TryGetValue(section.Key, out var before)
            ? section.Value.AddRange(before.Where(promise => promise.Value == Retired && !section.Value.ContainsKey(promise.Key)))
            : section.Value,
        StringComparer.Ordinal));

    /// <summary>What counts of a promise: behind the semicolon stands a name for readers.</summary>
    private static string Meaning(string promise) => promise.Split(';')[0].Trim();

    private static ImmutableSortedDictionary<string, string> Methods(Type type, SortedSet<Type> numbered) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).ToImmutableSortedDictionary(
            static method => Alias(method)!,
            method => $"({string.Join(", ", method.GetParameters().Select(static parameter => parameter.ParameterType).Where(static parameter => parameter != typeof(CancellationToken)).Select(parameter => Name(parameter, numbered)))}) {Name(method.ReturnType, numbered)}",
            StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> Members(Type type, SortedSet<Type> numbered)
    {
        var members = type.GetProperties(OwnMembers).Select(static property => ((MemberInfo)property, property.PropertyType))
            .Concat(type.GetFields(OwnMembers).Select(static field => ((MemberInfo)field, field.FieldType)))
            .Where(static member => First(member.Item1, "IdAttribute") is not null)
            .ToImmutableSortedDictionary(static member => First(member.Item1, "IdAttribute")!, member => $"{Name(member.Item2, numbered)} ; {member.Item1.Name}", StringComparer.Ordinal);
        return type.BaseType is { } parent && Alias(parent) is { } alias ? members.Add("base", alias) : members;
    }

    private static ImmutableSortedDictionary<string, string> States(Type type) => type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
        .Where(static parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
        .ToImmutableSortedDictionary(
            static parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()!.StateName,
            static parameter => parameter.ParameterType.GetGenericArguments()[0].Name, StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> Numbers(Type type) => Enum.GetNames(type).ToImmutableSortedDictionary(
        name => Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), static name => name, StringComparer.Ordinal);

    /// <summary>A type as the wire calls it; enumerations on the way are noted.</summary>
    private static string Name(Type type, SortedSet<Type> numbered)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value, numbered)}?";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, numbered)}[]";
        if (type.IsGenericType)
            return $"{Alias(type) ?? type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(argument => Name(argument, numbered)))}>";
        if (type.IsEnum && type.Namespace?.StartsWith("AgentRec", StringComparison.Ordinal) is true)
            numbered.Add(type);
        return Alias(type) ?? type.Name;
    }

    private static string? Alias(MemberInfo member) => First(member, "AliasAttribute");

    private static string? First(MemberInfo member, string attribute) => Argument(member, attribute, out var first) ? first : null;

    private static bool Argument(MemberInfo member, string attribute, out string? first)
    {
        var found = member.CustomAttributes.FirstOrDefault(data => data.AttributeType.Name == attribute);
        first = found?.ConstructorArguments is [var argument, ..] ? argument.Value?.ToString() : null;
        return found is not null;
    }
}
