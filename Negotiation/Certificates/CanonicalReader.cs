using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AgentRec.Negotiation.Certificates;

/// <summary>
/// Reads submitted JSON into the kinds of value that are signed. White space and the order of members are the transport's;
/// everything else must be as it was signed: a number that is not a plain whole number, a member that occurs twice or half
/// of a surrogate pair is refused.
/// </summary>
internal static class CanonicalReader
{
    public static CanonicalValue Read(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.String => new CanonicalString(Text(element, path)),
        JsonValueKind.Number => new CanonicalInteger(Integer(element, path)),
        JsonValueKind.Array => new CanonicalArray([.. element.EnumerateArray().Select((item, i) => Read(item, $"{path}[{i}]"))]),
        JsonValueKind.Object => new CanonicalObject(Members(element, path)),
        _ => throw new CertificateFormatException(path, $"holds {element.ValueKind.ToString().ToLowerInvariant()}: only texts, whole numbers, arrays and objects are signed"),
    };

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static ImmutableArray<KeyValuePair<string, CanonicalValue>> Members(JsonElement element, string path)
    {
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, CanonicalValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = Name(member, path);
            if (!names.Add(name))
                throw new CertificateFormatException(Join(path, name), "occurs twice");
            members.Add(new(name, Read(member.Value, Join(path, name))));
        }
        return members.ToImmutable();
    }

    private static string Name(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new CertificateFormatException(path, "has a member whose name is not valid Unicode");
        }
    }

    private static string Text(JsonElement element, string path)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CertificateFormatException(path, "is not valid Unicode: it holds half of a surrogate pair");
        }
    }

    private static long Integer(JsonElement element, string path)
    {
        var raw = element.GetRawText();
        if (!element.TryGetInt64(out var number) || Math.Abs((decimal)number) > CanonicalJson.GreatestInteger
            || !string.Equals(raw, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            throw new CertificateFormatException(path, $"is {(raw.Length > 40 ? raw[..40] : raw)}: only whole numbers in plain form within 2^53 are signed");
        return number;
    }
}

/// <summary>Submitted JSON that cannot be the text of a certificate or window.</summary>
internal sealed class CertificateFormatException(string path, string problem) : FormatException($"'{path}' {problem}.")
{
    public string Path { get; } = path;
}
