using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Negotiation.Windows;

/// <summary>The bounded set of candidates of a turn, canonically ordered.</summary>
public sealed class CandidateWindow
{
    /// <summary>The usual number of candidates.</summary>
    public const int DefaultSize = 200;

    /// <summary>The greatest number of candidates.</summary>
    public const int GreatestSize = 400;

    // Only who certifies needs them, and two who ask at once come to the same.
    private string? _canonical, _digest;

    private CandidateWindow(ImmutableArray<Candidate> candidates) => Candidates = candidates;

    /// <summary>The candidates in canonical order.</summary>
    public ImmutableArray<Candidate> Candidates { get; }

    /// <summary>The canonical form, which is stored beside the certificate: ids, relevances and utilities.</summary>
    public string Canonical => _canonical ??= WindowText.Write(Candidates);

    /// <summary>SHA-256 over <see cref="Canonical"/>, in lower-case hexadecimal.</summary>
    public string Digest => _digest ??= CanonicalJson.Digest(Canonical);

    /// <summary>Orders candidates canonically, whatever order they come in.</summary>
    /// <param name="candidates">The candidates, each item once, at most <see cref="GreatestSize"/>.</param>
    /// <param name="seed">The seed that orders what relevance and raw score leave tied.</param>
    /// <exception cref="ArgumentException">An item occurs twice, a figure is not finite, or there are too many candidates.</exception>
    public static CandidateWindow Of(IEnumerable<Candidate> candidates, ulong seed)
    {
        var ordered = candidates.ToArray();
        if (ordered.Length > GreatestSize)
            throw new ArgumentException($"A window holds at most {GreatestSize} candidates, not {ordered.Length}: select before negotiating.", nameof(candidates));
        Array.Sort(ordered, new CandidateOrder(seed));
        var handles = new HashSet<int>(ordered.Length);
        foreach (var candidate in ordered)
        {
            if (!handles.Add(candidate.Handle))
                throw new ArgumentException($"The window holds item '{candidate.ItemId}' (handle {candidate.Handle}) twice: merge candidates by handle first.", nameof(candidates));
            if (candidate.Relevance is not (>= 0 and <= 1) || !double.IsFinite(candidate.RawScore) || candidate.Utility is not (>= 0 and <= 1000))
                throw new ArgumentException($"Candidate '{candidate.ItemId}' has relevance {candidate.Relevance}, raw score {candidate.RawScore} and utility {candidate.Utility}: relevance lies in [0,1], utility in [0,1000].", nameof(candidates));
        }
        return new CandidateWindow([.. ordered]);
    }
}
