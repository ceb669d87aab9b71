using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Proposals;

/// <summary>
/// Holds a claim against what the policy agent knows of the turn itself. What a certificate says later is recomputed anyway;
/// this is about what only a proposer could get wrong: another window or policy, foreign items, a slate shorter than it had to
/// be, utilities that are not the user's, rules given up that could have been kept.
/// </summary>
internal static class ClaimCheck
{
    /// <summary>The part of the opening's utility by which a slate must be worth more before the claimed one is called needless: a proposer's search may have ended at its limit.</summary>
    private const double Slack = 0.02;

    /// <summary>Checks a claim.</summary>
    /// <param name="claim">What the proposer claims.</param>
    /// <param name="assignment">What the policy agent knows itself.</param>
    /// <param name="facets">The catalogue.</param>
    public static ClaimVerdict Check(SlateClaim claim, Assignment assignment, IFacetSource facets)
    {
        var (rules, window) = (assignment.Rules, assignment.Window);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (!string.Equals(claim.PolicyName, rules.Name, StringComparison.Ordinal) || claim.PolicyVersion != rules.Version)
            findings.Add(new Finding("policy-version", "policy", $"The turn is under '{rules.Name}' version {Show(rules.Version)}, not '{claim.PolicyName}' version {Show(claim.PolicyVersion)}."));
        if (!string.Equals(claim.WindowDigest, window.Digest, StringComparison.Ordinal))
            findings.Add(new Finding("window-digest", "windowDigest", "The claim names another window than the turn's."));
        if (claim.WindowSize != window.Candidates.Length)
            findings.Add(new Finding("window-size", "windowSize", $"The turn's window holds {Show(window.Candidates.Length)} candidates, not {Show(claim.WindowSize)}."));
        if (!string.Equals(claim.Result.Protocol, assignment.Protocol, StringComparison.Ordinal))
            findings.Add(new Finding("protocol", "result.protocol", $"The slate was asked for under '{assignment.Protocol}', not '{claim.Result.Protocol}'."));
        if (!claim.Result.Absent.SequenceEqual(assignment.Absent, StringComparer.Ordinal))
            findings.Add(new Finding("absent", "result.absent", $"Absent were {Show(assignment.Absent)}, not {Show(claim.Result.Absent)}."));
        var length = Math.Min(assignment.SlateSize, window.Candidates.Length);
        if (claim.SlateSize != assignment.SlateSize || claim.Slate.Length != length)
            findings.Add(new Finding("slate-size", "slate", $"{Show(length)} items can be shown of the {Show(assignment.SlateSize)} asked for; the claim has {Show(claim.Slate.Length)} of {Show(claim.SlateSize)}."));
        var places = Places(claim.Slate, window.Candidates, findings);
        if (findings.Count > 0)
            return new ClaimVerdict(findings.ToImmutable(), []);
        CheckUtility("openingUtility", claim.Result.OpeningUtility, Utility.InMillionths(Opening.Of(window.Candidates, assignment.SlateSize)), findings);
        CheckUtility("utility", claim.Result.Utility, Utility.InMillionths([.. places.Select(place => window.Candidates[place])]), findings);
        var columns = RuleColumns.Build(assignment.Rules, RuleColumns.Handles(window.Candidates), facets, places.Length, []);
        var relaxing = CheckRelaxation(columns, places, assignment, facets, findings);
        if (UserStance.Shortfall(claim.Result.OpeningUtility, claim.Result.Utility, rules.Concession) > 0)
            CheckArbitration(relaxing?.Columns ?? columns, places, assignment, claim.Result, findings);
        return new ClaimVerdict(findings.ToImmutable(), [.. relaxing?.Relaxed ?? []]);
    }

    private static int[] Places(ImmutableArray<string> slate, ImmutableArray<Candidate> window, ImmutableArray<Finding>.Builder findings)
    {
        var byId = new Dictionary<string, int>(window.Length, StringComparer.Ordinal);
        for (var place = 0; place < window.Length; place++)
            byId[window[place].ItemId] = place;
        var places = new int[slate.Length];
        for (var i = 0; i < slate.Length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"slate[{i}]");
            if (!byId.TryGetValue(slate[i], out places[i]))
                findings.Add(new Finding("outside-window", path, $"Item '{slate[i]}' is not in the turn's window."));
            else if (Array.IndexOf(places, places[i], 0, i) >= 0)
                findings.Add(new Finding("slate-duplicate", path, $"Item '{slate[i]}' is in the slate twice."));
        }
        return places;
    }

    private static void CheckUtility(string name, long found, long expected, ImmutableArray<Finding>.Builder findings)
    {
        // Machines may differ in the last digit of a logarithm: by one millionth, not by more.
        if (Math.Abs(found - expected) > 1)
            findings.Add(new Finding("utility", $"result.{name}", $"By the window it is {Show(expected)}, not {Show(found)}."));
    }

    /// <summary>
    /// A slate may miss hard rules only where no slate of the window keeps them all, and then no further than the rules as the
    /// policy agent relaxes them itself.
    /// </summary>
    private static Relaxing? CheckRelaxation(
        RuleColumn[] columns, int[] places, Assignment assignment, IFacetSource facets, ImmutableArray<Finding>.Builder findings)
    {
        var window = assignment.Window.Candidates;
        var slate = new CatalogueSlate([.. places.Select(place => window[place].Handle)], facets.Under(assignment.Rules.Strata), history: null);
        if (Missed(assignment.Rules, [], slate) is null)
            return null;
        var relaxing = RuleRelaxation.Relax(columns, [.. window.Select(candidate => candidate.Utility)], places.Length);
        // Where the search for what can be kept gave up, the bound it stopped at proves nothing against the slate.
        if (relaxing.IsProven && Missed(assignment.Rules, [.. relaxing.Relaxed], slate) is { } missed)
            findings.Add(new Finding("relaxed", $"rules.{missed.Id}", $"Rule '{missed.Id}' can be kept better than this slate keeps it."));
        return relaxing;
    }

    /// <summary>The user's limit may be exceeded only where no slate under the rules would serve the user better.</summary>
    private static void CheckArbitration(
        RuleColumn[] columns, int[] places, Assignment assignment, CertifiedResult claim, ImmutableArray<Finding>.Builder findings)
    {
        var (window, utility) = (assignment.Window.Candidates, claim.Utility);
        var search = new SlateSearch(columns, window.Length, places.Length);
        search.Know(places);
        // Fewer nodes than a proposer has: what is found here could have been found there.
        var best = search.Best([.. window.Select(candidate => candidate.Utility)], softness: 0, SlateSearch.NodesUnder(columns.Length) / 10);
        if (!best.IsProven || best.Slate is null)
            return;
        var reached = Utility.InMillionths([.. best.Slate.Select(place => window[place])]);
        if (reached > utility + (Slack * claim.OpeningUtility))
            findings.Add(new Finding("arbitration", "slate", $"A slate under the same rules is worth {Show(reached)} to the user, not {Show(utility)}: its limit is exceeded without need."));
    }

    private static string Show(ImmutableArray<string> names) => names.IsEmpty ? "nobody" : string.Join(" and ", names);

    private static Rule? Missed(RuleSet rules, ImmutableArray<RelaxedRule> relaxed, CatalogueSlate slate) => rules.Rules.FirstOrDefault(rule =>
        rule.Severity == RuleSeverity.Hard && !RuleBodies.Of(rule).Read(RelaxedBounds.InForce(rule, relaxed), slate).IsMet);

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What was found about a claim.</summary>
/// <param name="Findings">What stands against it.</param>
/// <param name="Relaxed">Where no slate keeps all hard rules: those relaxed, as the policy agent sees it.</param>
internal sealed record ClaimVerdict(ImmutableArray<Finding> Findings, ImmutableArray<RelaxedRule> Relaxed);
