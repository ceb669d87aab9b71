using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Slate and witnesses: their form, each item once, witnesses as the catalogue has them.</summary>
internal static class SlateCheck
{
    public static void Check(Certificate certificate, RuleSet rules, IFacetSource? facets, ImmutableArray<Finding>.Builder findings)
    {
        CheckHeader(certificate, findings);
        var slate = certificate.Slate;
        for (var place = 0; place < slate.Length; place++)
        {
            if (!Identifier.IsValid(slate[place]))
                findings.Add(new Finding("slate-item", $"slate[{place}]", "The item id is not a valid id."));
            if (slate.IndexOf(slate[place], 0, place, StringComparer.Ordinal) >= 0)
                findings.Add(new Finding("slate-duplicate", $"slate[{place}]", $"Item '{slate[place]}' is in the slate twice."));
        }
        if (certificate.Witnesses.Length != slate.Length)
        {
            findings.Add(new Finding("witness", "witnesses", $"There are {certificate.Witnesses.Length} witnesses for {slate.Length} items."));
            return;
        }
        var read = RuleCertifier.FacetsRead(rules);
        for (var place = 0; place < slate.Length; place++)
            CheckWitness(certificate.Witnesses[place], slate[place], place, read, facets, findings);
    }

    private static void CheckHeader(Certificate certificate, ImmutableArray<Finding>.Builder findings)
    {
        foreach (var (path, id) in (ReadOnlySpan<(string, string)>)[("id", certificate.Id), ("tenant", certificate.Tenant), ("session", certificate.SessionId)])
        {
            if (Identifier.Problem(id) is { } problem)
                findings.Add(new Finding("header", path, $"The {path} {problem}."));
        }
        if (certificate.Turn < 1)
            findings.Add(new Finding("header", "turn", $"Turns count from 1, not {certificate.Turn}."));
        if (!DateTimeOffset.TryParseExact(certificate.IssuedAt, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            findings.Add(new Finding("header", "issuedAt", "The time must have the form 2026-01-31T12:00:00.000Z."));
        if (certificate.LogSequence < 0 || certificate.LedgerVersion < 0)
            findings.Add(new Finding("header", certificate.LogSequence < 0 ? "logSequence" : "ledgerVersion", "Sequences and versions are not negative."));
        CheckDigest("window.digest", certificate.WindowDigest, findings);
        CheckDigest("transcriptDigest", certificate.TranscriptDigest, findings);
        if (certificate.SlateSize is < 1 or > TurnRequest.GreatestSlateSize)
            findings.Add(new Finding("slate-size", "slateSize", $"A slate has 1 to {TurnRequest.GreatestSlateSize} items, not {certificate.SlateSize}."));
        if (certificate.Slate.Length > certificate.SlateSize || certificate.Slate.Length > certificate.WindowSize)
            findings.Add(new Finding("slate-size", "slate", $"The slate has {certificate.Slate.Length} items where {certificate.SlateSize} were asked for, out of a window of {certificate.WindowSize}."));
        if (certificate.Result.Short != (certificate.Slate.Length < certificate.SlateSize))
            findings.Add(new Finding("short", "negotiation.short", $"The slate has {certificate.Slate.Length} of {certificate.SlateSize} items."));
    }

    private static void CheckDigest(string path, string digest, ImmutableArray<Finding>.Builder findings)
    {
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower))
            findings.Add(new Finding("digest", path, "A digest is 64 lower-case hexadecimal digits."));
    }

    private static void CheckWitness(
        Witness witness, string itemId, int place, ImmutableArray<string> read, IFacetSource? facets, ImmutableArray<Finding>.Builder findings)
    {
        var path = $"witnesses[{place}]";
        if (!string.Equals(witness.ItemId, itemId, StringComparison.Ordinal))
            findings.Add(new Finding("witness", $"{path}.itemId", $"The witness is for '{witness.ItemId}', the item is '{itemId}'."));
        if (!witness.Facets.Keys.SequenceEqual(read, StringComparer.Ordinal))
            findings.Add(new Finding("witness", $"{path}.facets", $"The rules read {(read.IsEmpty ? "no facets" : string.Join(", ", read))}; the witness states {string.Join(", ", witness.Facets.Keys)}."));
        if (facets is null)
            return;
        if (!facets.TryHandle(itemId, out var handle))
        {
            findings.Add(new Finding("slate-item", $"slate[{place}]", $"The catalogue holds no item '{itemId}'."));
            return;
        }
        foreach (var (facet, values) in witness.Facets)
        {
            if (!facets.Values(handle, facet).SequenceEqual(values, StringComparer.Ordinal))
                findings.Add(new Finding("witness", $"{path}.facets.{facet}", "The catalogue states other values."));
        }
    }
}
