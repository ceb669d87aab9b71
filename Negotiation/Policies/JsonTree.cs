using System.Text.Json;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads JSON into the tree.</summary>
internal static class JsonTree
{
    public static DocumentNode Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DocumentNode.GreatestDepth });
            var nodes = 0;
            return Read(document.RootElement, ref nodes);
        }
        catch (JsonException e)
        {
            throw new DocumentException($"The text is not valid JSON of at most {DocumentNode.GreatestDepth} levels: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException("The text is not valid Unicode: it holds half of a surrogate pair.");
        }
    }

    private static DocumentNode Read(JsonElement element, ref int nodes)
    {
        if (++nodes > DocumentNode.GreatestNodes)
            throw new DocumentException($"The document holds more than {DocumentNode.GreatestNodes} values.");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<KeyValuePair<string, DocumentNode>>();
                foreach (var member in element.EnumerateObject())
                    members.Add(new(member.Name, Read(member.Value, ref nodes)));
                return new MapNode([.. members]);
            case JsonValueKind.Array:
                var items = new List<DocumentNode>();
                foreach (var item in element.EnumerateArray())
                    items.Add(Read(item, ref nodes));
                return new ListNode([.. items]);
            case JsonValueKind.String:
                return new ScalarNode(ScalarKind.Text, element.GetString()!);
            case JsonValueKind.Number:
                return new ScalarNode(ScalarKind.Number, element.GetRawText());
            case JsonValueKind.True or JsonValueKind.False:
                return new ScalarNode(ScalarKind.Truth, element.GetRawText());
            default:
                return new ScalarNode(ScalarKind.Nothing, "null");
        }
    }
}
