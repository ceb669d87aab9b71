using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Policies;

/// <summary>Takes members out of a map one by one, and reports what is wrong with each and what nobody asked for.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, DocumentNode> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<RuleSetError> _errors;

    public MapReader(MapNode map, string path, List<RuleSetError> errors)
    {
        _path = path;
        _errors = errors;
        foreach (var (name, value) in map.Members)
        {
            if (!_members.TryAdd(name, value))
                errors.Add(new RuleSetError(Path(name), "occurs twice: leave one."));
        }
    }

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public void Error(string name, string message) => _errors.Add(new RuleSetError(Path(name), message));

    public bool Has(string name) => Find(name) is not null;

    public DocumentNode? Find(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name) is { } node && node is not ScalarNode { Kind: ScalarKind.Nothing } ? node : null;
    }

    public MapReader? Map(string name)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is MapNode map)
            return new MapReader(map, Path(name), _errors);
        Error(name, "must be a map of members.");
        return null;
    }

    public string? Text(string name, int greatest)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is not ScalarNode { Kind: not ScalarKind.Truth } scalar || scalar.Text.Length > greatest || scalar.Text.Any(char.IsControl))
        {
            Error(name, $"must be a text of at most {greatest} characters without control characters.");
            return null;
        }
        return scalar.Text;
    }

    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is ScalarNode { Kind: ScalarKind.Number } scalar
            && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            && decimal.Round(number, 6) == number)
            return number;
        Error(name, $"is {Show(node)}: it must be a number from {least} to {most} with at most six decimals.");
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Find(name) is not { } node)
            return null;
        if (node is ScalarNode { Kind: ScalarKind.Number } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Error(name, $"is {Show(node)}: it must be a whole number from {least} to {most}.");
        return null;
    }

    public bool Truth(string name)
    {
        if (Find(name) is not { } node)
            return false;
        if (node is ScalarNode { Kind: ScalarKind.Truth } scalar)
            return string.Equals(scalar.Text, "true", StringComparison.Ordinal);
        Error(name, $"is {Show(node)}: it must be true or false.");
        return false;
    }

    public T? Name<T>(string name)
        where T : struct, Enum
    {
        if (Find(name) is not { } node)
            return null;
        if (node is ScalarNode scalar && EnumText.Parse<T>(scalar.Text) is { } value)
            return value;
        Error(name, $"is {Show(node)}: it must be one of {EnumText.List<T>()}.");
        return null;
    }

    public ImmutableArray<string> Texts(string name)
    {
        if (Find(name) is not { } node)
            return [];
        if (node is not ListNode { Items: { Length: > 0 and <= 1000 } items })
        {
            Error(name, "must be a list of 1 to 1000 texts.");
            return [];
        }
        var texts = new List<string>();
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not ScalarNode { Kind: ScalarKind.Text or ScalarKind.Number, Text: { Length: > 0 and <= 256 } text })
                Error($"{name}[{i}]", "must be a text of 1 to 256 characters.");
            else if (texts.Contains(text, StringComparer.Ordinal))
                Error($"{name}[{i}]", $"is '{text}' for the second time: leave one.");
            else
                texts.Add(text);
        }
        return [.. texts];
    }

    /// <summary>Reports members that nobody asked for.</summary>
    public void Close(string allowed)
    {
        foreach (var name in _members.Keys.Where(name => !_asked.Contains(name)).Order(StringComparer.Ordinal))
            Error(name, $"is not known: allowed are {allowed}.");
    }

    public static string Show(DocumentNode node) => node switch
    {
        ScalarNode scalar => scalar.Text.Length > 40 ? $"'{scalar.Text[..40]}...'" : $"'{scalar.Text}'",
        ListNode => "a list",
        _ => "a map",
    };
}
