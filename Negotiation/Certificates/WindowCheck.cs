using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Certificates;

/// <summary>The stored window: its digest, the slate within it, and the claims about utility.</summary>
internal static class WindowCheck
{
    public static void Check(Certificate certificate, JsonElement submitted, ImmutableArray<Finding>.Builder findings)
    {
        ImmutableArray<WindowEntry> window;
        CanonicalValue tree;
        try
        {
            tree = CanonicalReader.Read(submitted);
            window = CertificateParser.ParseWindow(tree);
        }
        catch (CertificateFormatException e)
        {
            findings.Add(new Finding("window", e.Path, e.Message));
            return;
        }
        if (!string.Equals(CanonicalJson.Digest(CanonicalJson.Write(tree)), certificate.WindowDigest, StringComparison.Ordinal))
            findings.Add(new Finding("window-digest", "window.digest", "The window is not the one that the certificate names."));
        if (window.Length != certificate.WindowSize)
            findings.Add(new Finding("window-size", "window.size", $"The window holds {window.Length} candidates, not {certificate.WindowSize}."));
        var utilities = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in window)
            utilities.TryAdd(entry.ItemId, entry.Utility);
        foreach (var itemId in certificate.Slate.Where(itemId => !utilities.ContainsKey(itemId)))
            findings.Add(new Finding("slate-item", "slate", $"Item '{itemId}' is not in the window."));
        if (certificate.SlateSize is < 1 or > TurnRequest.GreatestSlateSize || certificate.Slate.Length > TurnRequest.GreatestSlateSize)
            return;
        Compare("openingUtility", certificate.Result.OpeningUtility, Utility.InMillionths(window.Select(entry => entry.Utility).OrderDescending().Take(certificate.SlateSize)), findings);
        Compare("utility", certificate.Result.Utility, Utility.InMillionths(certificate.Slate.Select(itemId => utilities.GetValueOrDefault(itemId))), findings);
    }

    /// <summary>Machines may differ in the last digit of a logarithm: by one millionth, not by more.</summary>
    private static void Compare(string name, long found, long expected, ImmutableArray<Finding>.Builder findings)
    {
        if (Math.Abs(found - expected) > 1)
            findings.Add(new Finding("utility", $"negotiation.{name}", $"By the window it is {expected}, not {found}."));
    }
}
