using System.Reflection;
using System.Text.Json.Serialization;

namespace AgentRec.Tests.Architecture;

/// <summary>Names on the wire and in storage are given, unique and never left to chance: two builds must understand each other.</summary>
public sealed class ConventionTests
{
    private const BindingFlags OwnMembers = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly Assembly Abstractions = Projects.Assembly("Grains.Abstractions");
    private static readonly Assembly Grains = Projects.Assembly("Grains");

    private static readonly Type[] Interfaces = [.. Abstractions.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];
    private static readonly Type[] Classes = [.. Grains.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))];
    private static readonly Type[] Wire = [.. WireTypes()];

    [Fact]
    public void GrainInterfaces_AreThoseOfTheDesign() =>
        Assert.Equal(
            ["IAccessKeyGrain", "ICatalogueGrain", "IClusterStatusGrain", "IErasureGrain", "IExposureShardGrain", "IItemAgent", "IMemoryNarrator", "IModelRegistryGrain", "IPlannerAgent", "IPolicyAgent", "IPolicyRegistryGrain", "ISessionGrain", "ISiloProbeGrain", "ISiloStatusGrain", "IUserAgent"],
            Interfaces.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void GrainInterfaces_AndTheirMethods_CarryUniqueAliases()
    {
        Assert.Empty(Interfaces.Where(type => Alias(type) is null).Select(type => type.Name));
        Assert.Equal(Interfaces.Length, Interfaces.Select(Alias).Distinct(StringComparer.Ordinal).Count());
        foreach (var type in Interfaces)
        {
            var methods = type.GetMethods(OwnMembers);
            Assert.Empty(methods.Where(method => Alias(method) is null).Select(method => $"{type.Name}.{method.Name}"));
            Assert.Equal(methods.Length, methods.Select(Alias).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void GrainClasses_CarryUniqueGrainTypes()
    {
        var types = Classes.ToDictionary(type => type.Name, type => FirstArgument(type, "GrainTypeAttribute"), StringComparer.Ordinal);

        Assert.Equal(Interfaces.Length, Classes.Length);
        Assert.Empty(types.Where(type => type.Value is null).Select(type => type.Key));
        Assert.Equal(types.Count, types.Values.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void GrainClasses_AreInternalAndSealed() =>
        Assert.Empty(Classes.Where(type => type.IsPublic || !type.IsSealed).Select(type => type.Name));

    [Fact]
    public void PersistentStates_HaveDistinctNames()
    {
        string[] names =
        [
            .. Classes.SelectMany(type => type.GetConstructors()).SelectMany(constructor => constructor.GetParameters())
                .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()).Where(state => state is not null).Select(state => state!.StateName),
        ];

        Assert.Equal(["exposure-shard", "item-standing", "user-memory"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WireTypes_CarrySerializerAndUniqueAlias()
    {
        Assert.True(Wire.Length > 40, $"only {Wire.Length} types were found on the wire");
        Assert.Empty(Wire.Where(type => !Carries(type, "GenerateSerializerAttribute")).Select(type => type.Name));
        Assert.Empty(Wire.Where(type => Alias(type) is null).Select(type => type.Name));
        Assert.Empty(Wire.Where(type => Alias(type) is { } alias && !alias.StartsWith("agentrec.", StringComparison.Ordinal)).Select(type => type.Name));
        Assert.Empty(Wire.GroupBy(Alias, StringComparer.Ordinal).Where(group => group.Count() > 1).SelectMany(group => group).Select(type => type.Name));
    }

    [Fact]
    public void WireTypes_GiveEveryMemberAnIdOfItsOwn()
    {
        foreach (var type in Wire.Where(type => !type.IsEnum))
        {
            PropertyInfo[] stored = [.. Stored(type)];
            var ids = stored.Select(property => FirstArgument(property, "IdAttribute")).ToArray();
            Assert.False(ids.Contains(null), $"{type.Name} has a member without [Id]");
            Assert.True(ids.Distinct(StringComparer.Ordinal).Count() == ids.Length, $"{type.Name} gives an [Id] twice");
        }
    }

    [Fact]
    public void AliasedTypes_AreAliasedOnce()
    {
        var aliases = new[] { "Domain", "Grains.Abstractions", "Grains", "Negotiation", "Recommenders" }
            .SelectMany(project => Projects.Assembly(project).GetTypes())
            .Where(type => type.Namespace?.StartsWith("AgentRec", StringComparison.Ordinal) is true)
            .Select(type => Alias(type)).Where(alias => alias is not null);

        Assert.Empty(aliases.GroupBy(alias => alias, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    /// <summary>Our types that calls between grains carry, found from the signatures on.</summary>
    private static SortedSet<Type> WireTypes()
    {
        var found = new SortedSet<Type>(Comparer<Type>.Create((x, y) => string.CompareOrdinal(x.FullName, y.FullName)));
        var open = new Queue<Type>(Interfaces.SelectMany(type => type.GetMethods(OwnMembers))
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));
        while (open.TryDequeue(out var type))
        {
            foreach (var argument in type.GetGenericArguments())
                open.Enqueue(argument);
            if (type.Namespace?.StartsWith("AgentRec", StringComparison.Ordinal) is not true || type.IsEnum || !found.Add(type))
                continue;
            foreach (var property in Stored(type))
                open.Enqueue(property.PropertyType);
            foreach (var derived in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => kind.DerivedType)
                .Concat(type.IsAbstract ? type.Assembly.GetTypes().Where(other => other.BaseType == type) : []))
                open.Enqueue(derived);
        }
        return found;
    }

    /// <summary>The members that a record is made of; computed ones have no setter.</summary>
    private static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties(OwnMembers).Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0);

    private static string? Alias(MemberInfo member) => FirstArgument(member, "AliasAttribute");

    private static bool Carries(MemberInfo member, string attribute) => member.CustomAttributes.Any(data => data.AttributeType.Name == attribute);

    private static string? FirstArgument(MemberInfo member, string attribute) =>
        member.CustomAttributes.FirstOrDefault(data => data.AttributeType.Name == attribute)?.ConstructorArguments is [var first, ..] ? first.Value?.ToString() : null;
}
