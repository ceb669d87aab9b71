using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentRec.Tests.EndToEnd;

/// <summary>
/// Makes requests out of an OpenAPI document and a seed: nearly right ones, so that they get far, with something wrong in many.
/// </summary>
internal sealed class RequestFuzzer
{
    private const int Deepest = 8;

    private static readonly string[] Texts =
    [
        "", " ", "a", "default", "balanced", "tail", "genre", "Comedy", "year", "null", "0", "-1", "1e400", "../..", "%2F%2e%2e", "a/b", "a+b c", "\u0000", "\n", "\u202E",
        "\uD83C\uDFAC", "'; DROP TABLE events; --", "{{7*7}}", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", new('x', 129), new('y', 5_000), "under 2 hours", "not horror",
        "three newest comedies from the 90s", "forget the year", "like Heat but shorter", "12345678901234567890", "2024-13-45T99:99:99Z", "2024-05-06T07:08:09Z",
    ];

    private static readonly string[] Numbers = ["0", "1", "-1", "10", "50", "51", "3.5", "5", "1e308", "-1e308", "9007199254740993", "99999999999999999999999", "0.1e-400"];

    private readonly Random _random;
    private readonly JsonObject _document;
    private readonly IReadOnlyList<string> _known;
    private readonly (string Path, string Method, JsonObject Operation)[] _operations;

    /// <summary>Reads a document.</summary>
    /// <param name="document">The OpenAPI document.</param>
    /// <param name="known">Ids that exist: they lead further than invented ones.</param>
    /// <param name="seed">The seed.</param>
    public RequestFuzzer(string document, IReadOnlyList<string> known, int seed)
    {
        (_random, _known) = (new Random(seed), known);
        _document = JsonNode.Parse(document)!.AsObject();
        _operations =
        [
            .. from path in _document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where operation.Value is JsonObject && operation.Key is "get" or "put" or "post" or "patch" or "delete"
               orderby path.Key, operation.Key
               select (path.Key, operation.Key, operation.Value!.AsObject()),
        ];
    }

    /// <summary>Makes the next request.</summary>
    /// <returns>The request, and the operation that it is for.</returns>
    public (HttpRequestMessage Request, string Operation) Next()
    {
        var (path, method, operation) = _operations[_random.Next(_operations.Length)];
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, place) = ((string)parameter!["name"]!, (string)parameter["in"]!);
            var value = Uri.EscapeDataString(Text().Replace("\0", "\u0001", StringComparison.Ordinal));
            if (place == "path")
                path = path.Replace($"{{{name}}}", value.Length == 0 ? "%20" : value, StringComparison.Ordinal);
            else if (place == "query" && Chance(50))
                query.Add($"{name}={(Chance(50) ? Uri.EscapeDataString(Number()) : Chance(50) ? "true" : value)}");
        }
        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", UriKind.Relative));
        if (operation["requestBody"]?["content"]?.AsObject() is { Count: > 0 } contents)
            request.Content = Content(contents);
        if (Chance(15))
            request.Headers.TryAddWithoutValidation("Accept", Chance(50) ? "text/event-stream" : "application/xml;q=0.1, */*;q=x");
        if (Chance(10))
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Header());
        if (Chance(10))
            request.Headers.TryAddWithoutValidation("Last-Event-ID", Chance(50) ? Number() : Header());
        return (request, $"{method} {operation["operationId"]}");
    }

    private StringContent Content(JsonObject contents)
    {
        var (mediaType, description) = contents.ElementAt(_random.Next(contents.Count));
        var text = Value(description?["schema"], 0)?.ToJsonString() ?? "null";
        if (Chance(5))
            text = text[.._random.Next(text.Length + 1)];
        else if (Chance(3))
            text = string.Concat(Enumerable.Repeat("[", 2_000));
        else if (Chance(3))
            text = text.Replace("\"", "\"\uD800", StringComparison.Ordinal);
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Chance(4) ? "text/plain" : mediaType);
        return content;
    }

    private JsonNode? Value(JsonNode? schema, int depth)
    {
        if (Chance(6) || depth > Deepest)
            return Wrong();
        while (schema?["$ref"] is { } reference)
            schema = ((string)reference!).Split('/').Skip(1).Aggregate((JsonNode?)_document, (node, part) => node![part.Replace("~1", "/", StringComparison.Ordinal)]);
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema?[choice] is JsonArray { Count: > 0 } choices)
                return Value(choices[_random.Next(choices.Count)], depth + 1);
        }
        if (schema?["enum"] is JsonArray { Count: > 0 } allowed && Chance(90))
            return allowed[_random.Next(allowed.Count)]?.DeepClone();
        var type = schema?["type"] is JsonArray types ? (string?)types[_random.Next(types.Count)] : (string?)schema?["type"];
        return type switch
        {
            "object" => Object(schema!, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, Chance(2) ? 400 : _random.Next(4)).Select(_ => Value(schema!["items"], depth + 1))]),
            "string" => JsonValue.Create(Text()),
            "integer" or "number" => JsonNode.Parse(Number()),
            "boolean" => JsonValue.Create(Chance(50)),
            "null" => null,
            _ => Wrong(),
        };
    }

    private JsonObject Object(JsonNode schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (Chance(75))
                made[name] = Value(property, depth + 1);
        }
        if (schema["additionalProperties"] is JsonObject others)
            made[Text()] = Value(others, depth + 1);
        if (Chance(5))
            made[Text()] = Wrong();
        return made;
    }

    private JsonNode? Wrong() => _random.Next(6) switch
    {
        0 => null,
        1 => JsonValue.Create(Text()),
        2 => JsonNode.Parse(Number()),
        3 => new JsonArray(JsonValue.Create(1), null, JsonValue.Create(Text())),
        4 => new JsonObject { [Text()] = JsonValue.Create(true) },
        _ => JsonValue.Create(false),
    };

    private string Text() => Chance(45) && _known.Count > 0 ? _known[_random.Next(_known.Count)]
        : Chance(85) ? Texts[_random.Next(Texts.Length)]
        : string.Create(CultureInfo.InvariantCulture, $"fuzz-{_random.Next(50)}");

    private string Header() => new([.. Text().Where(unit => unit is >= ' ' and < '\u007F').Take(500)]);

    private string Number() => Numbers[_random.Next(Numbers.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;
}
