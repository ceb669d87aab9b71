using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentRec.Negotiation.Policies;

/// <summary>Reads the part of YAML that carries the same tree as JSON: no anchors, no aliases, no tags, one document.</summary>
internal static class YamlDocument
{
    public static DocumentNode Parse(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                throw new DocumentException("The document is empty.");
            parser.Consume<DocumentStart>();
            var nodes = 0;
            var root = Read(parser, 1, ref nodes);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw new DocumentException("The text holds more than one document.");
            return root;
        }
        catch (YamlException e)
        {
            throw new DocumentException($"The text is not valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }
    }

    private static DocumentNode Read(Parser parser, int depth, ref int nodes)
    {
        if (depth > DocumentNode.GreatestDepth)
            throw new DocumentException($"The document nests deeper than {DocumentNode.GreatestDepth} levels.");
        if (++nodes > DocumentNode.GreatestNodes)
            throw new DocumentException($"The document holds more than {DocumentNode.GreatestNodes} values.");
        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new DocumentException($"Anchors and aliases are not allowed (line {parser.Current.Start.Line}): write the value out.");
        if (parser.Current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
            throw new DocumentException($"Tags are not allowed (line {parser.Current.Start.Line}).");
        if (parser.TryConsume<Scalar>(out var scalar))
            return Resolve(scalar);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<DocumentNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(parser, depth + 1, ref nodes));
            return new ListNode(items.ToImmutable());
        }
        parser.Consume<MappingStart>();
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, DocumentNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Read(parser, depth + 1, ref nodes) is not ScalarNode key)
                throw new DocumentException("Names of members must be plain texts.");
            members.Add(new(key.Text, Read(parser, depth + 1, ref nodes)));
        }
        return new MapNode(members.ToImmutable());
    }

    private static ScalarNode Resolve(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return new ScalarNode(ScalarKind.Text, scalar.Value);
        var kind = scalar.Value switch
        {
            "" or "~" or "null" => ScalarKind.Nothing,
            "true" or "false" => ScalarKind.Truth,
            _ => decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? ScalarKind.Number : ScalarKind.Text,
        };
        return new ScalarNode(kind, scalar.Value);
    }
}
