using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Grains.Reasons;

/// <summary>
/// The words that follow from the fields of a claim: who makes a claim writes them, who checks it compares. Titles, values,
/// the user's own ratings and the operator's sentences are all that words are made of.
/// </summary>
/// <param name="facets">The catalogue.</param>
/// <param name="deeds">What the user did.</param>
internal sealed class Wording(IFacetSource facets, OwnDeeds deeds)
{
    /// <summary>What is said of an item that won a place by its bid. The bid's own words hold figures of all users together, which are not for one user's eyes.</summary>
    public const string Bid = "It was shown less often than its reception merits, and asked for a place.";

    /// <summary>What is said of an item that an advocate spoke for.</summary>
    /// <param name="argument">What the advocate said.</param>
    public static string Argued(Argument argument) =>
        $"A language model spoke for it{(argument.Side is AdvocateSide.User ? " on your behalf" : "")}: {FacetWords.Of(argument.Facet)} {argument.Value}.";

    /// <summary>What is said of an item in the place that is kept for new ones.</summary>
    public const string New = "It is new here, and gets a place so that it can be judged.";

    /// <summary>What is said of an item that no claim speaks for.</summary>
    public const string Plain = "It was chosen from all that may be shown to you; no single reason stands out.";

    /// <summary>That the user received an item well; null when that is not so.</summary>
    /// <param name="own">The item of the user's own history.</param>
    public string? Own(int own) => deeds.Find(own) is { } deed
        ? deed.Rating is { } rating
            ? $"You gave {Number(rating)} of 5 to {Title(own)}."
            : $"You {Verb(deed)} {Title(own)}."
        : null;

    /// <summary>That an item shares a value with one that the user received well; null when that is not so.</summary>
    /// <param name="own">The item of the user's own history.</param>
    /// <param name="facet">The facet.</param>
    /// <param name="value">The value.</param>
    public string? Shared(int own, string facet, string value) => deeds.Find(own) is { } deed
        ? $"Same {FacetWords.Of(facet)} as {Title(own)}, which you {(deed.Rating is { } rating ? $"gave {Number(rating)} of 5" : Verb(deed))}: {value}."
        : null;

    /// <summary>What the catalogue says of an item.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="value">The value.</param>
    public static string Known(string facet, string value) => $"Its {FacetWords.Of(facet)} is {value}.";

    /// <summary>What a constraint asks for.</summary>
    /// <param name="wish">The constraint.</param>
    public static string Met(Constraint wish) => $"You asked for {wish.Facet} {Words(wish.Op)} {string.Join(" or ", wish.Values)}.";

    /// <summary>What a rule asks for.</summary>
    /// <param name="rule">The rule.</param>
    public static string Asked(Rule rule) => rule.Sentence ?? $"The rule {rule.Id} asks for it.";

    /// <summary>The reason as a whole: the own items that speak for an item, and one more claim of each kind.</summary>
    /// <param name="claims">The claims.</param>
    public string Whole(ImmutableArray<Evidence> claims)
    {
        var parts = new List<string>();
        var own = claims
            .Where(claim => claim.Kind is EvidenceKind.History)
            .Select(claim => facets.TryHandle(claim.ItemId!, out var item) && deeds.Find(item) is { } deed ? (Verb: Verb(deed), Title: Title(item)) : default)
            .Where(one => one.Title is not null)
            .ToArray();
        if (own.Length > 0)
            parts.Add($"Because you {string.Join(" and ", own.Select((one, place) => place > 0 && string.Equals(own[place - 1].Verb, one.Verb, StringComparison.Ordinal) ? one.Title : $"{one.Verb} {one.Title}"))}.");
        // One reason of each kind makes a sentence; the evidence has them all.
        parts.AddRange(claims.Where(claim => claim.Kind is not EvidenceKind.History).DistinctBy(claim => claim.Kind).Select(claim => claim.Text));
        return parts.Count > 0 ? string.Join(' ', parts) : Plain;
    }

    private string Title(int item) => facets.Item(item).Title;

    private static string Verb(Deed deed) => deed.Kind switch
    {
        DeedKind.TookTo => "took to",
        DeedKind.Chose => "chose",
        _ => "liked",
    };

    private static string Number(double rating) => rating.ToString(CultureInfo.InvariantCulture);

    private static string Words(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Ne => "other than",
        ConstraintOperator.Lt => "under",
        ConstraintOperator.Le => "at most",
        ConstraintOperator.Gt => "over",
        ConstraintOperator.Ge => "at least",
        _ => "of",
    };
}
