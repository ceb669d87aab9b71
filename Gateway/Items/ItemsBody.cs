using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Items;

/// <summary>Items to add or replace; all of them are stored, or none.</summary>
/// <param name="Items">The items; of several with one id the last counts.</param>
internal sealed record ItemsBody(ImmutableArray<Item> Items) : IRequestBody<ItemsBody>
{
    private const int GreatestTitle = 1_000;
    private const int GreatestText = 50_000;
    private const int GreatestFacets = 64;
    private const int GreatestValues = 256;
    private const int GreatestName = 128;
    private const int GreatestValue = 500;

    /// <inheritdoc/>
    public static JsonValueKind Kind => JsonValueKind.Array;

    /// <inheritdoc/>
    public static Type Shape => typeof(Item[]);

    /// <inheritdoc/>
    public static int Limit(GatewayOptions options) => options.MaximumBulkBodyBytes;

    /// <inheritdoc/>
    public static ItemsBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options)
    {
        if (root.GetArrayLength() > options.MaximumItems)
        {
            errors.Add("items", $"must be an array of at most {options.MaximumItems} elements, not {root.GetArrayLength()}");
            return null;
        }
        var items = ImmutableArray.CreateBuilder<Item>(root.GetArrayLength());
        foreach (var (index, element) in root.EnumerateArray().Index())
        {
            if (JsonFields.Read(element, $"[{index}]", errors, ReadItem) is { } item)
                items.Add(item);
        }
        return new(items.DrainToImmutable());
    }

    private static Item ReadItem(JsonFields fields) => new(
        fields.RequiredId("itemId"),
        fields.Text("title", GreatestTitle, required: true) ?? string.Empty,
        fields.Id("provider"),
        ReadFacets(fields),
        fields.Text("text", GreatestText));

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadFacets(JsonFields fields)
    {
        const string Name = "facets";
        if (fields.Find(Name, required: false) is not { } value)
            return Item.NoFacets;
        if (value.ValueKind is not JsonValueKind.Object || value.GetPropertyCount() > GreatestFacets)
        {
            fields.Fault(Name, $"must be an object of at most {GreatestFacets} facets");
            return Item.NoFacets;
        }
        var facets = Item.NoFacets.ToBuilder();
        foreach (var facet in value.EnumerateObject())
        {
            if (facet.Name.Length > GreatestName || string.IsNullOrWhiteSpace(facet.Name))
                fields.Fault(Name, $"must have names of 1 to {GreatestName} characters");
            else if (ReadValues(facet.Value) is not { } values)
                fields.Fault($"{Name}.{facet.Name}", $"must be a text, number or truth value of at most {GreatestValue} characters, or an array of at most {GreatestValues} of them");
            else if (!values.IsEmpty)
                facets[facet.Name] = values;
        }
        return facets.ToImmutable();
    }

    /// <summary>The values of a facet; null and blank texts say that the item lacks it.</summary>
    private static ImmutableArray<string>? ReadValues(JsonElement facet)
    {
        if (facet.ValueKind is JsonValueKind.Null)
            return [];
        if (facet.ValueKind is JsonValueKind.Array && facet.GetArrayLength() > GreatestValues)
            return null;
        var values = ImmutableArray.CreateBuilder<string>();
        foreach (var element in facet.ValueKind is JsonValueKind.Array ? facet.EnumerateArray().AsEnumerable() : [facet])
        {
            if (JsonFields.ScalarText(element) is not { Length: <= GreatestValue } text)
                return null;
            if (!string.IsNullOrWhiteSpace(text))
                values.Add(text);
        }
        return values.DrainToImmutable();
    }
}
