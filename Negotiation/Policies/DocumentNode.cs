using System.Collections.Immutable;

namespace AgentRec.Negotiation.Policies;

/// <summary>The tree that YAML and JSON documents share.</summary>
internal abstract record DocumentNode
{
    /// <summary>How deep documents may nest.</summary>
    public const int GreatestDepth = 8;

    /// <summary>How many values a document may hold.</summary>
    public const int GreatestNodes = 20_000;
}

internal enum ScalarKind
{
    Text,
    Number,
    Truth,
    Nothing,
}

internal sealed record ScalarNode(ScalarKind Kind, string Text) : DocumentNode;

internal sealed record ListNode(ImmutableArray<DocumentNode> Items) : DocumentNode;

internal sealed record MapNode(ImmutableArray<KeyValuePair<string, DocumentNode>> Members) : DocumentNode;

/// <summary>A document that is no tree of this kind.</summary>
internal sealed class DocumentException(string message) : FormatException(message);
