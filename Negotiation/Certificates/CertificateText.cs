using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>The canonical text of a certificate.</summary>
public static class CertificateText
{
    /// <summary>The certificate as it is stored and served: RFC 8785 over texts and whole numbers.</summary>
    /// <param name="certificate">The certificate.</param>
    public static string Write(Certificate certificate) => CanonicalJson.Write(Tree(certificate, isSigned: true));

    /// <summary>What is signed: the same without the signature.</summary>
    internal static string WriteUnsigned(Certificate certificate) => CanonicalJson.Write(Tree(certificate, isSigned: false));

    private static CanonicalObject Tree(Certificate certificate, bool isSigned)
    {
        List<KeyValuePair<string, CanonicalValue>> members =
        [
            new("id", Text(certificate.Id)),
            new("tenant", Text(certificate.Tenant)),
            new("session", Text(certificate.SessionId)),
            new("turn", Number(certificate.Turn)),
            new("issuedAt", Text(certificate.IssuedAt)),
            new("slate", new CanonicalArray([.. certificate.Slate.Select(Text)])),
            new("slateSize", Number(certificate.SlateSize)),
            new("window", Object(("digest", Text(certificate.WindowDigest)), ("size", Number(certificate.WindowSize)))),
            new("models", new CanonicalObject([.. certificate.Models.Select(model => KeyValuePair.Create(model.Key, (CanonicalValue)Text(model.Value)))])),
            new("ledgerVersion", Number(certificate.LedgerVersion)),
            new("logSequence", Number(certificate.LogSequence)),
            new("policy", Object(("name", Text(certificate.PolicyName)), ("version", Number(certificate.PolicyVersion)))),
            new("rules", new CanonicalArray([.. certificate.Rules.Select(Rule)])),
            new("outcome", Text(EnumText.Of(certificate.Outcome))),
            new("negotiation", Result(certificate.Result)),
            new("transcriptDigest", Text(certificate.TranscriptDigest)),
            new("witnesses", new CanonicalArray([.. certificate.Witnesses.Select(Witness)])),
            new("keyId", Text(certificate.KeyId)),
        ];
        if (isSigned)
            members.Add(new("signature", Text(certificate.Signature)));
        return new CanonicalObject([.. members]);
    }

    private static CanonicalObject Result(CertifiedResult result)
    {
        List<(string, CanonicalValue)> members =
        [
            ("protocol", Text(result.Protocol)),
            ("short", Number(result.Short ? 1 : 0)),
            ("rounds", Number(result.Rounds)),
            ("openingUtility", Number(result.OpeningUtility)),
            ("utility", Number(result.Utility)),
            ("bidCost", Number(result.BidCost)),
            ("limitExceeded", Number(result.LimitExceeded)),
        ];
        // Only where somebody was missing, so that certificates of complete negotiations keep their form.
        if (!result.Absent.IsEmpty)
            members.Add(("absent", new CanonicalArray([.. result.Absent.Select(Text)])));
        return Object([.. members]);
    }

    private static CanonicalObject Rule(CertifiedRule rule)
    {
        List<(string, CanonicalValue)> members =
        [
            ("id", Text(rule.Id)),
            ("kind", Text(EnumText.Of(rule.Kind))),
            ("value", Number(rule.Value)),
            ("verdict", Text(EnumText.Of(rule.Verdict))),
        ];
        if (rule.AtLeast is { } least)
            members.Add(("atLeast", Number(least)));
        if (rule.AtMost is { } most)
            members.Add(("atMost", Number(most)));
        return Object([.. members]);
    }

    private static CanonicalObject Witness(Witness witness) => Object(
        ("itemId", Text(witness.ItemId)),
        ("facets", new CanonicalObject(
            [.. witness.Facets.Select(facet => KeyValuePair.Create(facet.Key, (CanonicalValue)new CanonicalArray([.. facet.Value.Select(Text)])))])));

    private static CanonicalValue Text(string text) => new CanonicalString(text);

    private static CanonicalInteger Number(long number) => new(number);

    private static CanonicalObject Object(params (string Name, CanonicalValue Value)[] members) =>
        new([.. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);
}
