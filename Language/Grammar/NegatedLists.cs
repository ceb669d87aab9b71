using System.Collections.Immutable;
using AgentRec.Language.Text;

namespace AgentRec.Language.Grammar;

/// <summary>
/// What is not wanted may be a list: "no clowns or horror", "nothing with zombies, clowns or musicals". Where some of it is unknown
/// the list comes as several clauses, and what follows the first is not wanted either.
/// </summary>
/// <param name="words">The request.</param>
internal sealed class NegatedLists(ImmutableArray<Word> words)
{
    private static readonly ImmutableArray<string> Links = ["or", "nor", "and"];

    private static readonly ImmutableArray<string> Articles = ["a", "an", "any", "the", "some"];

    /// <summary>The clauses with every list negated to its end.</summary>
    /// <param name="clauses">The clauses of a request.</param>
    public ImmutableArray<Clause> Spread(ImmutableArray<Clause> clauses)
    {
        var spread = clauses.ToBuilder();
        for (var place = 0; place < spread.Count; place++)
        {
            if (!IsUnwanted(spread[place]))
                continue;
            var end = place;
            var pending = new List<int>();
            while (true)
            {
                // Unknown words come one by one: the next of them shares the fate of the one before.
                var isMore = end > place && end + 1 < spread.Count && spread[end] is Unread && spread[end + 1] is Unread { IsWanted: true };
                var (next, isLinked) = isMore ? (end + 1, pending.Count == 0) : Next(spread, end);
                if (next == 0)
                    break;
                // Commas alone set wishes apart; they are a list where an "or" ends it.
                pending.Add(next);
                end = next;
                if (!isLinked)
                    continue;
                foreach (var unwanted in pending)
                    spread[unwanted] = Negated(spread[unwanted]);
                pending.Clear();
            }
        }
        return spread.ToImmutable();
    }

    private static bool IsUnwanted(Clause clause) => clause is Values { IsNegated: true } or Unread { IsWanted: false };

    private static Clause Negated(Clause clause) => clause switch
    {
        Values values => values with { IsNegated = true },
        Unread unread => unread with { IsWanted = false },
        _ => clause,
    };

    /// <summary>The clause that goes on with a list behind a clause, and whether a link leads to it; 0 where the list ends.</summary>
    private (int Next, bool IsLinked) Next(IReadOnlyList<Clause> clauses, int place)
    {
        var next = place + 1;
        var isApart = next < clauses.Count && clauses[next] is Break && Text(clauses[next]) is ",";
        if (isApart)
            next++;
        var link = next < clauses.Count && clauses[next] is Filler && Links.Contains(Text(clauses[next]), StringComparer.Ordinal) ? Text(clauses[next]) : null;
        if (link is not null)
            next++;
        // "No clowns and a happy ending" goes on with a wish.
        if (link is "or" or "nor")
        {
            while (next < clauses.Count && clauses[next] is Filler && Articles.Contains(Text(clauses[next]), StringComparer.Ordinal))
                next++;
        }
        return (isApart || link is not null) && next < clauses.Count && clauses[next] is Values { IsNegated: false } or Unread { IsWanted: true } && !IsCalledFor(clauses[next])
            ? (next, link is not null)
            : (0, false);
    }

    /// <summary>"And with Tom Hanks" calls for a value anew.</summary>
    private static bool IsCalledFor(Clause clause) => clause is Values { Named: [{ Facets.IsEmpty: false }, ..] };

    private string Text(Clause clause) => words[clause.Start].Text;
}
