using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language;

/// <summary>Brings together what was said about one facet in several places of a request.</summary>
internal static class ConstraintMerging
{
    /// <summary>Merges: an item with one colour cannot be black and white, so either will do; and what was said twice counts once.</summary>
    /// <param name="vocabulary">The catalogue's vocabulary.</param>
    /// <param name="message">The request.</param>
    /// <param name="constraints">The constraints, in the order of the message.</param>
    public static ImmutableArray<Constraint> Merge(Vocabulary vocabulary, string message, ImmutableArray<Constraint> constraints)
    {
        var merged = new List<Constraint>();
        foreach (var constraint in constraints)
        {
            var same = merged.FindIndex(one => IsAlternative(vocabulary, one, constraint));
            if (same < 0)
                merged.Add(constraint);
            else
                merged[same] = Either(message, merged[same], constraint);
        }
        return [.. merged.DistinctBy(one => (one.Facet, one.Op, one.Strength, string.Join('\n', one.Values)))];
    }

    private static bool IsAlternative(Vocabulary vocabulary, Constraint one, Constraint other) =>
        one.Op is ConstraintOperator.Eq or ConstraintOperator.In && other.Op is ConstraintOperator.Eq or ConstraintOperator.In
        && one.Strength == other.Strength && string.Equals(one.Facet, other.Facet, StringComparison.Ordinal) && !vocabulary.IsSeveralValued(one.Facet);

    private static Constraint Either(string message, Constraint one, Constraint other)
    {
        ImmutableArray<string> values = [.. one.Values.Concat(other.Values).Distinct(StringComparer.Ordinal)];
        return one with { Op = values.Length == 1 ? ConstraintOperator.Eq : ConstraintOperator.In, Values = values, Source = Span(message, one.Source!, other.Source!) };
    }

    private static string Span(string message, string first, string second)
    {
        var start = message.IndexOf(first, StringComparison.Ordinal);
        var end = message.IndexOf(second, start, StringComparison.Ordinal);
        return end < 0 ? first : message[start..(end + second.Length)];
    }
}
