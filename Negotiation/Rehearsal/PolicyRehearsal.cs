using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Windows;

namespace AgentRec.Negotiation.Rehearsal;

/// <summary>
/// How a slate that was served would have fared under another rule set: negotiated again over the window that it was chosen
/// from. Nobody bids, private safety rules are as they were then, the window is not widened, and the exact protocol is
/// rehearsed as concession, since an integer program for every slate of the past would take minutes.
/// </summary>
public static class PolicyRehearsal
{
    /// <summary>Rehearses one slate.</summary>
    /// <param name="rules">The rule set on trial.</param>
    /// <param name="certificate">The served slate's certificate in canonical JSON.</param>
    /// <param name="window">Its window in canonical JSON.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <returns>Null when certificate or window cannot be read, or nothing of the window is left.</returns>
    public static RehearsedSlate? Rehearse(RuleSet rules, string certificate, string window, IFacetSource facets, CancellationToken cancellationToken)
    {
        facets = facets.Under(rules.Strata);
        if (Read(certificate, window) is not var (served, entries))
            return null;
        var candidates = new List<Candidate>(entries.Length);
        var utilities = new Dictionary<string, double>(StringComparer.Ordinal);
        var eligibility = new Eligibility(rules, facets);
        foreach (var entry in entries)
        {
            var (relevance, utility) = ((double)Millionths.ToDecimal(entry.Relevance), (double)Millionths.ToDecimal(entry.Utility));
            utilities[entry.ItemId] = utility;
            if (facets.TryHandle(entry.ItemId, out var handle) && eligibility.PublicBar(handle) is null)
                candidates.Add(new Candidate(handle, entry.ItemId, relevance, relevance, utility));
        }
        if (candidates.Count == 0)
            return null;
        var table = new NegotiationTable(rules with { Agency = Agency.Off }, CandidateWindow.Of(candidates, 0), served.SlateSize, facets);
        var result = Protocol(rules).NegotiateAsync(table, new LocalParties(table, null), Unobserved.Instance, cancellationToken).GetAwaiter().GetResult();
        var opening = (double)Millionths.ToDecimal(served.Result.OpeningUtility);
        var (missed, isUnchanged) = Missed(rules, served.Slate, facets);
        return new RehearsedSlate(
            isUnchanged && missed.IsEmpty,
            missed,
            result.Outcome,
            result.IsShort,
            [.. result.Relaxed.Select(relaxed => relaxed.RuleId)],
            Kept(Worth(served.Slate, utilities), opening),
            Kept(result.Utility, opening),
            result.Slate.Count(candidate => !served.Slate.Contains(candidate.ItemId, StringComparer.Ordinal)));
    }

    private static (Certificate Served, ImmutableArray<WindowEntry> Entries)? Read(string certificate, string window)
    {
        try
        {
            using var text = JsonDocument.Parse(certificate);
            using var stored = JsonDocument.Parse(window);
            return (CertificateParser.Parse(CanonicalReader.Read(text.RootElement)), CertificateParser.ParseWindow(CanonicalReader.Read(stored.RootElement)));
        }
        catch (Exception unreadable) when (unreadable is CertificateFormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The hard and safety rules that the served slate misses, and whether all its items are still there to be judged.</summary>
    private static (ImmutableArray<string> Rules, bool IsWhole) Missed(RuleSet rules, ImmutableArray<string> slate, IFacetSource facets)
    {
        var handles = new List<int>(slate.Length);
        foreach (var itemId in slate)
        {
            if (facets.TryHandle(itemId, out var handle))
                handles.Add(handle);
        }
        var facts = new CatalogueSlate(handles, facets, history: null);
        return
        (
            [
                .. rules.Rules
                    .Where(rule => rule.Severity != RuleSeverity.Soft && RuleBodies.Of(rule).Kind == RuleKind.Recomputable && !RuleBodies.Of(rule).Read(rule, facts).IsMet)
                    .Select(rule => rule.Id),
            ],
            handles.Count == slate.Length);
    }

    private static INegotiationProtocol Protocol(RuleSet rules) =>
        NegotiationProtocols.Find(rules.Protocol) is { } protocol and not ExactProtocol ? protocol : new ConcessionProtocol();

    private static double Worth(ImmutableArray<string> slate, Dictionary<string, double> utilities)
    {
        var sum = 0.0;
        for (var place = 0; place < slate.Length; place++)
            sum += Utility.Discount(place + 1) * utilities.GetValueOrDefault(slate[place]);
        return sum;
    }

    private static double Kept(double utility, double opening) => opening > 0 ? utility / opening : 1;
}
