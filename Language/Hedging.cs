using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Grammar;

namespace AgentRec.Language;

/// <summary>
/// Tells wishes from conditions: what is said is hard, unless "preferably" and the like stand before it, up to the next break, or
/// "if possible" and the like right behind it.
/// </summary>
internal static class Hedging
{
    /// <summary>The strength of each clause.</summary>
    /// <param name="clauses">The clauses of a request.</param>
    public static ImmutableArray<ConstraintStrength> Strengths(ImmutableArray<Clause> clauses)
    {
        var strengths = new ConstraintStrength[clauses.Length];
        Array.Fill(strengths, ConstraintStrength.Hard);
        for (var place = 0; place < clauses.Length; place++)
        {
            if (clauses[place] is not Hedge hedge)
                continue;
            var speaksForward = (hedge.IsForward || IsAtStart(clauses, place)) && UpToBreak(clauses, place).Any(next => clauses[next] is not Filler);
            foreach (var wish in speaksForward ? UpToBreak(clauses, place).Where(next => IsWish(clauses[next])) : LastBefore(clauses, place))
                strengths[wish] = ConstraintStrength.Soft;
        }
        return [.. strengths];
    }

    private static IEnumerable<int> UpToBreak(ImmutableArray<Clause> clauses, int hedge) =>
        Enumerable.Range(hedge + 1, clauses.Length - hedge - 1).TakeWhile(place => clauses[place] is not Break);

    private static IEnumerable<int> LastBefore(ImmutableArray<Clause> clauses, int hedge)
    {
        for (var place = hedge - 1; place >= 0; place--)
        {
            if (IsWish(clauses[place]))
                return [place];
        }
        return [];
    }

    private static bool IsAtStart(ImmutableArray<Clause> clauses, int place)
    {
        while (place > 0 && clauses[place - 1] is Filler)
            place--;
        return place == 0 || clauses[place - 1] is Break;
    }

    private static bool IsWish(Clause clause) => clause is Values or Limit or Decades or Relative;
}
