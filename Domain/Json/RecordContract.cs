using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace AgentRec.Domain;

/// <summary>
/// How a record's constructor maps to JSON: parameters that may be null and collections may be absent, everything else is
/// required, an absent collection is empty rather than null or default, and what a record computes is not written.
/// </summary>
internal static class RecordContract
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock NullabilityGate = new();

    private static readonly MethodInfo FillArrayMethod =
        typeof(RecordContract).GetMethod(nameof(FillArray), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo FillDictionaryMethod =
        typeof(RecordContract).GetMethod(nameof(FillDictionary), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Adjusts the contract of one type.</summary>
    /// <param name="type">The contract that reflection found.</param>
    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object)
            return;
        if (type.Properties.Any(property => property.AssociatedParameter is not null))
            RemoveComputed(type.Properties);
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is not PropertyInfo member || property.AssociatedParameter is null)
                continue;
            var fill = Filler(member);
            if (fill is not null)
                type.OnDeserialized += fill;
            property.IsRequired = fill is null && !MayBeNull(member);
            if (type.Type == typeof(Constraint) && member.Name is nameof(Constraint.Values))
            {
                property.Name = "value";
                property.CustomConverter = new ScalarOrArrayConverter();
                property.IsRequired = true;
            }
            else if (type.Type == typeof(Correction) && member.Name is nameof(Correction.Value))
            {
                property.CustomConverter = new ScalarTextConverter();
            }
        }
    }

    private static void RemoveComputed(IList<JsonPropertyInfo> properties)
    {
        for (var i = properties.Count - 1; i >= 0; i--)
        {
            if (properties[i] is { AssociatedParameter: null, Set: null })
                properties.RemoveAt(i);
        }
    }

    private static bool MayBeNull(PropertyInfo member)
    {
        // The context caches without locks of its own.
        lock (NullabilityGate)
            return Nullability.Create(member).WriteState is NullabilityState.Nullable;
    }

    private static Action<object>? Filler(PropertyInfo member)
    {
        // Only what can be read back is filled: anonymous objects, which are only ever written, have no setters.
        if (member.SetMethod is null || !member.PropertyType.IsGenericType)
            return null;
        var arguments = member.PropertyType.GetGenericArguments();
        var definition = member.PropertyType.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableArray<>))
            return FillArrayMethod.MakeGenericMethod(member.DeclaringType!, arguments[0]).Invoke(null, [member]) as Action<object>;
        return definition == typeof(ImmutableSortedDictionary<,>) && arguments[0] == typeof(string)
            ? FillDictionaryMethod.MakeGenericMethod(member.DeclaringType!, arguments[1]).Invoke(null, [member]) as Action<object>
            : null;
    }

    private static Action<object> FillArray<TOwner, T>(PropertyInfo member)
    {
        var get = member.GetMethod!.CreateDelegate<Func<TOwner, ImmutableArray<T>>>();
        var set = member.SetMethod!.CreateDelegate<Action<TOwner, ImmutableArray<T>>>();
        return owner =>
        {
            if (get((TOwner)owner).IsDefault)
                set((TOwner)owner, []);
        };
    }

    private static Action<object> FillDictionary<TOwner, T>(PropertyInfo member)
    {
        var get = member.GetMethod!.CreateDelegate<Func<TOwner, ImmutableSortedDictionary<string, T>?>>();
        var set = member.SetMethod!.CreateDelegate<Action<TOwner, ImmutableSortedDictionary<string, T>>>();
        var empty = ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
        return owner =>
        {
            if (get((TOwner)owner) is null)
                set((TOwner)owner, empty);
        };
    }
}
