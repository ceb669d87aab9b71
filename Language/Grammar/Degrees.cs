using AgentRec.Language.Vocabularies;

namespace AgentRec.Language.Grammar;

/// <summary>Adjectives that say more or less of a measure.</summary>
internal static class Degrees
{
    private static readonly Degree LessLength = new(Measure.Length, false);
    private static readonly Degree MoreLength = new(Measure.Length, true);
    private static readonly Degree LessYear = new(Measure.Year, false);
    private static readonly Degree MoreYear = new(Measure.Year, true);
    private static readonly Degree LessPrice = new(Measure.Price, false);
    private static readonly Degree MorePrice = new(Measure.Price, true);
    private static readonly Degree LessWeight = new(Measure.Weight, false);
    private static readonly Degree MoreWeight = new(Measure.Weight, true);
    private static readonly Degree LessRating = new(Measure.Rating, false);
    private static readonly Degree MoreRating = new(Measure.Rating, true);
    private static readonly Degree LessPopularity = new(Measure.Popularity, false);
    private static readonly Degree MorePopularity = new(Measure.Popularity, true);
    private static readonly Degree LessDiagonal = new(Measure.Diagonal, false);
    private static readonly Degree MoreDiagonal = new(Measure.Diagonal, true);

    /// <summary>As in "too long".</summary>
    public static readonly CueTable<Degree> Plain = new(
        ("short|brief", LessLength), ("long|lengthy", MoreLength), ("old|dated|old fashioned", LessYear), ("new|recent|modern", MoreYear),
        ("cheap", LessPrice), ("expensive|pricey|costly|dear", MorePrice), ("light|lightweight", LessWeight), ("heavy", MoreWeight),
        ("badly rated|poorly rated", LessRating), ("popular|well known|mainstream", MorePopularity), ("obscure|unknown", LessPopularity),
        ("small|tiny", LessDiagonal), ("big|large", MoreDiagonal));

    /// <summary>As in "longer".</summary>
    public static readonly CueTable<Degree> Comparative = new(
        ("shorter|briefer", LessLength), ("longer|lengthier", MoreLength), ("older|earlier|less recent", LessYear), ("newer|later|more recent|more modern", MoreYear),
        ("cheaper|less expensive|less pricey|more affordable|less costly", LessPrice), ("more expensive|pricier|costlier|dearer", MorePrice),
        ("lighter|less heavy", LessWeight), ("heavier", MoreWeight), ("worse|worse rated|lower rated", LessRating),
        ("better|better rated|higher rated|more highly rated|better reviewed", MoreRating), ("less popular|less known|lesser known", LessPopularity),
        ("more popular|better known", MorePopularity), ("smaller", LessDiagonal), ("bigger|larger", MoreDiagonal));

    /// <summary>As in "longest".</summary>
    public static readonly CueTable<Degree> Superlative = new(
        ("shortest|briefest", LessLength), ("longest", MoreLength), ("oldest|earliest", LessYear), ("newest|latest|most recent|recent|most modern", MoreYear),
        ("cheapest|least expensive|lowest priced|lowest price|most affordable", LessPrice), ("most expensive|priciest|dearest|highest priced", MorePrice),
        ("lightest", LessWeight), ("heaviest", MoreWeight), ("worst|worst rated|lowest rated|least liked", LessRating),
        ("best|best rated|highest rated|top rated|best reviewed|highest rating|highest scoring|highly rated|most acclaimed", MoreRating),
        ("least popular|least known|most obscure", LessPopularity), ("most popular|best known|most watched|most read|best selling|bestselling", MorePopularity),
        ("smallest", LessDiagonal), ("biggest|largest", MoreDiagonal));
}
