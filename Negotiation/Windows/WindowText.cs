using System.Collections.Immutable;
using System.Text;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;

namespace AgentRec.Negotiation.Windows;

/// <summary>The canonical form of a window: an array of items with relevance and utility in millionths.</summary>
internal static class WindowText
{
    private const int CharactersPerCandidate = 64;

    /// <summary>Writes a window; its members are in canonical order as they stand here.</summary>
    /// <param name="candidates">The candidates in canonical order.</param>
    public static string Write(ImmutableArray<Candidate> candidates)
    {
        var text = new StringBuilder("[", (candidates.Length * CharactersPerCandidate) + 2);
        foreach (var candidate in candidates)
        {
            text.Append(text.Length == 1 ? "{\"itemId\":" : ",{\"itemId\":");
            CanonicalJson.WriteString(text, candidate.ItemId);
            text.Append(",\"relevance\":");
            CanonicalJson.WriteInteger(text, Millionths.Of(candidate.Relevance));
            text.Append(",\"utility\":");
            CanonicalJson.WriteInteger(text, Millionths.Of(candidate.Utility));
            text.Append('}');
        }
        return text.Append(']').ToString();
    }
}
