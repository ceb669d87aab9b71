using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Negotiation.Windows;

/// <summary>The canonical form of a window: an array of items with relevance and utility in millionths.</summary>
internal static class WindowText
{
    public static string Write(ImmutableArray<Candidate> candidates) => CanonicalJson.Write(new CanonicalArray(
    [
        .. candidates.Select(candidate => new CanonicalObject(
        [
            new("itemId", new CanonicalString(candidate.ItemId)),
            new("relevance", new CanonicalInteger(Millionths.Of(candidate.Relevance))),
            new("utility", new CanonicalInteger(Millionths.Of(candidate.Utility))),
        ])),
    ]));
}
