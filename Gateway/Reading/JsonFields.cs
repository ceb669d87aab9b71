using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Gateway.Reading;

/// <summary>
/// Reads the members of one JSON object and notes every fault with its path, so that a client learns all of them at once. A
/// member that nobody asked for is a fault too: a misspelt name must not pass as a wish for the default. An optional member
/// that is null counts as absent.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly FieldErrors errors;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private JsonFields(JsonElement element, string path, FieldErrors errors)
    {
        this.element = element;
        this.path = path;
        this.errors = errors;
    }

    /// <summary>Reads an object, its members and nothing beside them.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="element">The value, which may be no object at all.</param>
    /// <param name="path">Where it is; empty for the body itself.</param>
    /// <param name="errors">Takes the faults.</param>
    /// <param name="read">Asks for the members.</param>
    /// <returns>What was read; meaningless when there are errors.</returns>
    public static T? Read<T>(JsonElement element, string path, FieldErrors errors, Func<JsonFields, T> read)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(path, "must be an object");
            return default;
        }
        var fields = new JsonFields(element, path, errors);
        var result = read(fields);
        foreach (var member in element.EnumerateObject())
        {
            if (!fields.asked.Contains(member.Name))
                errors.Add(fields.PathOf(Shorten(member.Name)), "is not known here; known are " + string.Join(", ", fields.asked));
        }
        return result;
    }

    /// <summary>Notes a fault of a member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="message">A phrase that completes "the member ...".</param>
    public void Fault(string name, string message) => errors.Add(PathOf(name), message);

    /// <summary>Finds a member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="required">True when its absence is a fault.</param>
    /// <returns>Its value; null when it is absent or null.</returns>
    public JsonElement? Find(string name, bool required)
    {
        asked.Add(name);
        if (element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
            return value;
        if (required)
            Fault(name, "is required");
        return null;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">The member.</param>
    /// <param name="maximumLength">The greatest number of UTF-16 units.</param>
    /// <param name="required">True when it must be there and not be blank.</param>
    public string? Text(string name, int maximumLength, bool required = false)
    {
        if (Find(name, required) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
        {
            Fault(name, "must be a text");
            return null;
        }
        var text = value.GetString()!;
        if (text.Length > maximumLength)
            Fault(name, $"must have at most {maximumLength} characters, not {text.Length}");
        else if (required && string.IsNullOrWhiteSpace(text))
            Fault(name, "must not be blank");
        return text;
    }

    /// <summary>Reads an array of texts, none of them blank.</summary>
    /// <param name="name">The member.</param>
    /// <param name="greatest">The greatest number of texts.</param>
    /// <param name="maximumLength">The greatest number of UTF-16 units of each.</param>
    /// <returns>Null when it is absent.</returns>
    public ImmutableArray<string>? Texts(string name, int greatest, int maximumLength)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= greatest && value.EnumerateArray().All(IsText))
            return [.. value.EnumerateArray().Select(element => element.GetString()!)];
        Fault(name, $"must be an array of 0 to {greatest} texts of 1 to {maximumLength} characters");
        return null;

        bool IsText(JsonElement element) =>
            element.ValueKind is JsonValueKind.String && element.GetString() is { } text && text.Length <= maximumLength && !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>Reads an id.</summary>
    /// <param name="name">The member.</param>
    /// <param name="required">True when it must be there.</param>
    public string? Id(string name, bool required = false)
    {
        if (Find(name, required) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
        {
            Fault(name, "must be a text");
            return null;
        }
        var id = value.GetString()!;
        if (Identifier.Problem(id) is { } problem)
            Fault(name, problem);
        return id;
    }

    /// <summary>Reads an id that must be there.</summary>
    /// <param name="name">The member.</param>
    public string RequiredId(string name) => Id(name, required: true) ?? string.Empty;

    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The member.</param>
    /// <param name="least">The least.</param>
    /// <param name="greatest">The greatest.</param>
    public int? Integer(string name, int least, int greatest)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= greatest)
            return number;
        Fault(name, $"must be a whole number from {least} to {greatest}");
        return null;
    }

    /// <summary>Reads a truth value.</summary>
    /// <param name="name">The member.</param>
    public bool? Truth(string name)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(name, "must be true or false");
        return null;
    }

    /// <summary>Reads a seed.</summary>
    /// <param name="name">The member.</param>
    public ulong? Seed(string name)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetUInt64(out var seed))
            return seed;
        Fault(name, $"must be a whole number from 0 to {ulong.MaxValue}");
        return null;
    }

    /// <summary>Reads a finite number.</summary>
    /// <param name="name">The member.</param>
    public double? Number(string name)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        Fault(name, "must be a finite number");
        return null;
    }

    /// <summary>Reads a moment.</summary>
    /// <param name="name">The member.</param>
    public DateTimeOffset? Moment(string name)
    {
        if (Find(name, required: false) is not { } value)
            return null;
        var moment = value.ValueKind switch
        {
            JsonValueKind.String => Timestamps.Parse(value.GetString()!),
            JsonValueKind.Number when value.TryGetDouble(out var seconds) => Timestamps.FromUnixSeconds(seconds),
            _ => null,
        };
        if (moment is null)
            Fault(name, "must be a moment: ISO 8601 such as 2024-05-01T18:30:00Z, or Unix seconds");
        return moment;
    }

    /// <summary>Reads one of an enum's names, camelCase and exactly, that must be there.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The member.</param>
    public T Choice<T>(string name)
        where T : struct, Enum => Choice<T>(name, required: true) ?? default;

    /// <summary>Reads one of an enum's names, camelCase and exactly.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The member.</param>
    /// <param name="required">True when it must be there.</param>
    public T? Choice<T>(string name, bool required)
        where T : struct, Enum
    {
        if (Find(name, required) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.String && Choices<T>.ByName.TryGetValue(value.GetString()!, out var choice))
            return choice;
        Fault(name, "must be one of " + Choices<T>.Names);
        return null;
    }

    /// <summary>Reads a nested object.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="name">The member.</param>
    /// <param name="read">Asks for its members.</param>
    public T? Object<T>(string name, Func<JsonFields, T> read)
        where T : class =>
        Find(name, required: false) is { } value ? Read(value, PathOf(name), errors, read) : null;

    /// <summary>Reads an array of objects.</summary>
    /// <typeparam name="T">What is made of each.</typeparam>
    /// <param name="name">The member.</param>
    /// <param name="greatest">The greatest number of elements.</param>
    /// <param name="required">True when it must be there and not be empty.</param>
    /// <param name="read">Asks for the members of each.</param>
    public ImmutableArray<T> Objects<T>(string name, int greatest, bool required, Func<JsonFields, T> read)
        where T : class
    {
        if (Find(name, required) is not { } value)
            return [];
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > greatest || (required && value.GetArrayLength() == 0))
        {
            Fault(name, $"must be an array of {(required ? "1" : "0")} to {greatest} objects");
            return [];
        }
        var index = 0;
        var elements = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (var entry in value.EnumerateArray())
        {
            if (Read(entry, $"{PathOf(name)}[{index++}]", errors, read) is { } result)
                elements.Add(result);
        }
        return elements.DrainToImmutable();
    }

    /// <summary>The text of a scalar: numbers in invariant form, truth values as words.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Null when the value is no scalar, or a number beyond a double's range.</returns>
    public static string? ScalarText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64] + "...";

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static class Choices<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> ByName =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);

        public static readonly string Names = string.Join(", ", ByName.Keys);
    }
}
