using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>
/// Takes a certificate out of its JSON tree. What it leaves out (an unknown member) is missing when the certificate is
/// written again, so that the comparison of both texts finds it.
/// </summary>
internal static class CertificateParser
{
    public static Certificate Parse(CanonicalValue root)
    {
        var certificate = new Node(root, "");
        var window = certificate.Child("window");
        var policy = certificate.Child("policy");
        return new Certificate(
            certificate.Text("id"),
            certificate.Text("tenant"),
            certificate.Text("session"),
            certificate.Small("turn"),
            certificate.Text("issuedAt"),
            certificate.Texts("slate"),
            certificate.Small("slateSize"),
            window.Text("digest"),
            window.Small("size"),
            certificate.Child("models").Members().ToImmutableSortedDictionary(model => model.Name, model => model.Node.AsText(), StringComparer.Ordinal),
            certificate.Number("ledgerVersion"),
            certificate.Number("logSequence"),
            policy.Text("name"),
            policy.Small("version"),
            [.. certificate.Child("rules").Items().Select(Rule)],
            certificate.Name<NegotiationOutcome>("outcome"),
            Result(certificate.Child("negotiation")),
            certificate.Text("transcriptDigest"),
            [.. certificate.Child("witnesses").Items().Select(Witness)],
            certificate.Text("keyId"),
            certificate.Text("signature"));
    }

    public static ImmutableArray<WindowEntry> ParseWindow(CanonicalValue root) =>
        [.. new Node(root, "").Items().Select(entry => new WindowEntry(entry.Text("itemId"), entry.Number("relevance"), entry.Number("utility")))];

    private static CertifiedResult Result(Node node) => new(
        node.Text("protocol"),
        node.Number("short") != 0,
        node.Small("rounds"),
        node.Number("openingUtility"),
        node.Number("utility"),
        node.Number("bidCost"),
        node.Number("limitExceeded"))
    {
        Absent = node.Find("absent")?.AsTexts() ?? [],
    };

    private static CertifiedRule Rule(Node node) => new(
        node.Text("id"),
        node.Name<RuleKind>("kind"),
        node.Number("value"),
        node.Find("atLeast")?.AsNumber(),
        node.Find("atMost")?.AsNumber(),
        node.Name<RuleVerdict>("verdict"));

    private static Witness Witness(Node node) => new(
        node.Text("itemId"),
        node.Child("facets").Members().ToImmutableSortedDictionary(facet => facet.Name, facet => facet.Node.AsTexts(), StringComparer.Ordinal));

    /// <summary>A value with its place in the document.</summary>
    private readonly record struct Node(CanonicalValue Value, string Path)
    {
        public Node? Find(string name)
        {
            if (Value is not CanonicalObject { Members: var members })
                throw new CertificateFormatException(Path, "must be an object");
            foreach (var member in members)
            {
                if (string.Equals(member.Key, name, StringComparison.Ordinal))
                    return new Node(member.Value, CanonicalReader.Join(Path, name));
            }
            return null;
        }

        public Node Child(string name) => Find(name) ?? throw new CertificateFormatException(CanonicalReader.Join(Path, name), "is missing");

        public IEnumerable<(string Name, Node Node)> Members()
        {
            if (Value is not CanonicalObject { Members: var members })
                throw new CertificateFormatException(Path, "must be an object");
            foreach (var member in members)
                yield return (member.Key, new Node(member.Value, CanonicalReader.Join(Path, member.Key)));
        }

        public IEnumerable<Node> Items()
        {
            if (Value is not CanonicalArray { Items: var items })
                throw new CertificateFormatException(Path, "must be an array");
            for (var i = 0; i < items.Length; i++)
                yield return new Node(items[i], $"{Path}[{i}]");
        }

        public string Text(string name) => Child(name).AsText();

        public long Number(string name) => Child(name).AsNumber();

        public ImmutableArray<string> Texts(string name) => Child(name).AsTexts();

        public int Small(string name) => Number(name) is >= int.MinValue and <= int.MaxValue and var number
            ? (int)number
            : throw new CertificateFormatException(CanonicalReader.Join(Path, name), "is out of range");

        public T Name<T>(string name)
            where T : struct, Enum => EnumText.Parse<T>(Text(name))
                ?? throw new CertificateFormatException(CanonicalReader.Join(Path, name), $"must be one of {EnumText.List<T>()}");

        public string AsText() => Value is CanonicalString { Text: var text } ? text : throw new CertificateFormatException(Path, "must be a text");

        public long AsNumber() => Value is CanonicalInteger { Number: var number } ? number : throw new CertificateFormatException(Path, "must be a whole number");

        public ImmutableArray<string> AsTexts() => [.. Items().Select(item => item.AsText())];
    }
}

/// <summary>One candidate of a stored window, figures in millionths.</summary>
internal sealed record WindowEntry(string ItemId, long Relevance, long Utility);
