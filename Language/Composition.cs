using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language.Grammar;
using AgentRec.Language.Readings;
using AgentRec.Language.Text;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Language;

/// <summary>Settles what the clauses of a request come to, with the catalogue's facts and what was shown before.</summary>
internal sealed class Composition
{
    private readonly Vocabulary _vocabulary;
    private readonly string _message;
    private readonly ImmutableArray<Word> _words;
    private readonly ImmutableArray<string> _shown;
    private readonly ValueResolution _values;
    private readonly LimitResolution _limits;
    private readonly List<(Constraint Constraint, int Clause)> _constraints = [];
    private readonly List<Anchor> _anchors = [];
    private readonly List<Ordering> _orderings = [];
    private readonly List<NamedTitle> _titles = [];
    private readonly List<Withdrawal> _withdrawals = [];
    private readonly List<Unheard> _unread = [];
    private int? _quantity;

    /// <summary>Begins.</summary>
    /// <param name="vocabulary">The catalogue's vocabulary.</param>
    /// <param name="message">The request.</param>
    /// <param name="words">Its words.</param>
    /// <param name="shown">What was shown before, best first.</param>
    public Composition(Vocabulary vocabulary, string message, ImmutableArray<Word> words, ImmutableArray<string> shown)
    {
        (_vocabulary, _message, _words, _shown) = (vocabulary, message, words, shown);
        (_values, _limits) = (new ValueResolution(vocabulary), new LimitResolution(vocabulary));
    }

    /// <summary>Settles.</summary>
    /// <param name="clauses">The clauses of the request.</param>
    public RequestReading Compose(ImmutableArray<Clause> clauses)
    {
        var strengths = Hedging.Strengths(clauses);
        for (var place = 0; place < clauses.Length; place++)
            Settle(clauses, place, strengths[place]);
        _unread.Sort((one, other) => one.Start.CompareTo(other.Start));
        var unread = Merged();
        var sought = unread.Where(one => one.IsWanted).SelectMany(one => _words[one.Start..one.End])
            .Select(word => (word.Start, Sought: new Sought(_message[word.Start..word.End], _vocabulary.Sought.Find(word)!)))
            .Where(one => one.Sought.Words is not null)
            .Concat(_titles.Select(title => (Start: _message.IndexOf(title.Source, StringComparison.Ordinal), Sought: new Sought(title.Source, title.Source))))
            .OrderBy(one => one.Start).Select(one => one.Sought);
        return new RequestReading(
            ConstraintMerging.Merge(_vocabulary, _message, [.. _constraints.Select(one => one.Constraint)]), [.. _anchors.Distinct()], [.. _orderings.DistinctBy(one => one.Facet)],
            [.. _titles], _quantity, [.. _withdrawals], [.. unread.Select(one => Source(one.Start, one.End))], [.. sought])
        {
            IsImpatient = clauses.Any(clause => clause is Impatient),
            WantsTheUnknown = unread.Any(one => one.IsWanted),
        };
    }

    private void Settle(ImmutableArray<Clause> clauses, int place, ConstraintStrength strength)
    {
        var clause = clauses[place];
        var isRead = clause switch
        {
            Values values => Add(_values.Constraints(values), clause, strength, place),
            Limit limit => Add(_limits.Constraints(limit), clause, strength, place),
            Decades decades => Add(_limits.Constraints(decades), clause, strength, place),
            Relative { Target: null } relative => Add(relative, clauses, place, strength),
            Relative relative => Add(Compared(relative), clause, strength, place),
            Exclusion exclusion => Add(exclusion, place),
            Like like => Add(like),
            Order order => Add(order),
            Count count => Add(count, place, clauses),
            Titled titled => Add(titled),
            ForgetEverything => Add(new Withdrawal(null, [], Source(clause))),
            ForgetFacets forget => forget.Facets.All(facet => Add(new Withdrawal(facet, [], Source(clause)))),
            ForgetDecade forget => _vocabulary.Facet(Measure.Year) is not null && Add(new Withdrawal(FacetNames.Decade, [LimitResolution.DecadeName(forget.FirstYear)], Source(clause))),
            ForgetValue forget => _values.One(forget.Value) is [var value, ..] && Add(new Withdrawal(value.Facet, value.Values, Source(clause))),
            Unread => false,
            _ => true,
        };
        if (!isRead)
            _unread.Add(new Unheard(clause.Start, End(clause), clause is Unread { IsWanted: true } or Values { IsNegated: false }));
    }

    private bool Add(ImmutableArray<Draft>? drafts, Clause clause, ConstraintStrength strength, int place)
    {
        if (drafts is not { } known)
            return false;
        foreach (var draft in known)
            _constraints.Add((new Constraint(draft.Facet, draft.Op, draft.Values, strength, Source(clause)), place));
        return true;
    }

    /// <summary>"Shorter" is meant in comparison with what the request wants something like; where there is no such thing it is a wish for the shortest.</summary>
    private bool Add(Relative relative, ImmutableArray<Clause> clauses, int place, ConstraintStrength strength)
    {
        for (var before = place - 1; before >= 0; before--)
        {
            if (clauses[before] is Like like)
                return Add(Compared(relative with { Target = like.Target }), relative, strength, place);
        }
        return _vocabulary.Facet(relative.Degree.Measure) is { } facet && Add(new Ordering(facet.Name, relative.Degree.IsMore, Source(relative)));
    }

    private ImmutableArray<Draft>? Compared(Relative relative)
    {
        if (_vocabulary.Facet(relative.Degree.Measure) is not { } facet || Items(relative.Target!) is not [_, ..] items)
            return null;
        double[] numbers = [.. items.Select(item => _vocabulary.Number(item, facet.Name)).Where(number => number is not null).Select(number => number!.Value)];
        if (numbers.Length == 0)
            return null;
        var op = (relative.Degree.IsMore, relative.IsNegated) switch
        {
            (true, false) => ConstraintOperator.Gt,
            (true, true) => ConstraintOperator.Le,
            (false, false) => ConstraintOperator.Lt,
            _ => ConstraintOperator.Ge,
        };
        return [new Draft(facet.Name, op, [LimitResolution.Text(relative.Degree.IsMore ? numbers.Max() : numbers.Min())])];
    }

    private bool Add(Exclusion exclusion, int place)
    {
        if (Items(exclusion.Target) is not [_, ..] items)
            return false;
        var source = exclusion.Because is { } because ? Source(exclusion.Start, because) : Source(exclusion);
        foreach (var item in items)
            _constraints.Add((new Constraint(FacetNames.Item, ConstraintOperator.Ne, [item], ConstraintStrength.Hard, source), place));
        if (exclusion.Because is { } start)
            _unread.Add(new Unheard(start, End(exclusion), IsWanted: false));
        return true;
    }

    private bool Add(Like like)
    {
        if (Items(like.Target) is not [var item])
            return false;
        _anchors.Add(new Anchor(item, Source(like)));
        return true;
    }

    private bool Add(Order order) =>
        _vocabulary.Facet(order.Degree.Measure) is { } facet && Add(new Ordering(facet.Name, order.Degree.IsMore, Source(order)));

    private bool Add(Ordering ordering)
    {
        _orderings.Add(ordering);
        return true;
    }

    /// <summary>A number behind a word that nobody knows belongs to that word.</summary>
    private bool Add(Count count, int place, ImmutableArray<Clause> clauses)
    {
        var before = place - 1;
        while (before >= 0 && clauses[before] is Filler && _words[clauses[before].Start].Text is "a" or "an" or "the")
            before--;
        if (count.Number > TurnRequest.GreatestSlateSize || (before >= 0 && clauses[before] is Unread))
        {
            // The words that lead to the number are understood, the number is not.
            _unread.Add(new Unheard(End(count) - 1, End(count), IsWanted: before >= 0 && clauses[before] is Unread { IsWanted: true }));
            return true;
        }
        if (count.Number < 1)
            return false;
        _quantity = (int)count.Number;
        return true;
    }

    private bool Add(Titled titled)
    {
        if (titled.Match.Meanings is not [var item, ..])
            return false;
        _titles.Add(new NamedTitle(item, Source(titled)));
        return true;
    }

    private bool Add(Withdrawal withdrawal)
    {
        _withdrawals.Add(withdrawal);
        return true;
    }

    /// <summary>The items that are pointed at; none where nothing is there, or where it is not certain what is meant.</summary>
    private ImmutableArray<string> Items(Target target) => target switch
    {
        Target.Titled { Match: { IsCertain: true, Meanings: [var item] } } => [item],
        Target.Placed { Number: null } => _shown is [.., var last] && _vocabulary.Has(last) ? [last] : [],
        Target.Placed { Number: { } number } => number <= _shown.Length && _vocabulary.Has(_shown[number - 1]) ? [_shown[number - 1]] : [],
        Target.AllShown => _shown,
        // One that is not certain makes the whole uncertain.
        Target.Several { Targets: var targets } => targets.Select(Items).ToArray() is var each && Array.TrueForAll(each, items => !items.IsEmpty) ? [.. each.SelectMany(items => items).Distinct()] : [],
        _ => [],
    };

    /// <summary>Words that stand next to one another and that nothing was made of are one piece.</summary>
    private List<Unheard> Merged()
    {
        var merged = new List<Unheard>();
        foreach (var one in _unread)
        {
            if (merged is [.., var last] && last.End == one.Start && last.IsWanted == one.IsWanted)
                merged[^1] = last with { End = one.End };
            else
                merged.Add(one);
        }
        return merged;
    }

    private int End(Clause clause) => Math.Min(clause.End, _words.Length);

    private string Source(Clause clause) => Source(clause.Start, End(clause));

    private string Source(int start, int end) => _message[_words[start].Start.._words[end - 1].End];

    private sealed record Unheard(int Start, int End, bool IsWanted);
}
