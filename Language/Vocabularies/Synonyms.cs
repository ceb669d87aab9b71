using System.Collections.Immutable;

namespace AgentRec.Language.Vocabularies;

/// <summary>Words that mean the same. A word counts only where the catalogue has a value by one of the others.</summary>
internal static class Synonyms
{
    /// <summary>Values of facets: whatever of a line the catalogue has is what the others of the line mean.</summary>
    public static readonly ImmutableArray<ImmutableArray<string>> Values = Lines(
        // Genres
        "comedy|comic|comedic|funny|humor|humour|humorous|hilarious",
        "horror|scary|frightening|terrifying",
        "science fiction|sci fi|scifi|sf",
        "romance|romantic|love story|love stories",
        "thriller|suspense|suspenseful",
        "animation|animated|cartoon|anime",
        "documentary|docu|doc|docs|documentaries",
        "children|childrens|kids|kid|family friendly",
        "mystery|whodunit|whodunnit|detective|murder mystery",
        "biography|biographical|biopic|life story",
        "memoir|autobiography|autobiographical",
        "action|action packed",
        "adventure|adventurous",
        "crime|gangster|mafia",
        "film noir|noir",
        "musical|broadway",
        "western|cowboy",
        "war|military",
        "history|historical|historic",
        "fantasy|fantastical",
        "superhero|super hero",
        "sport|sports|sporty",
        "poetry|poem|poems|verse",
        "cooking|cookbook|cookery|recipes|cook book",
        "self help|selfhelp|self improvement|personal development",
        "young adult|ya|teen",
        "graphic novel|comic book|comics",
        "classic|classics|classical literature",
        "short stories|short story",
        "non fiction|nonfiction",
        "travel|travelogue",
        // Formats and languages
        "e book|ebook|kindle|digital book",
        "audiobook|audio book",
        "hardcover|hardback",
        "paperback|softcover|soft cover",
        // Countries
        "usa|united states|us|america|american",
        "united kingdom|uk|britain|british|great britain",
        "france|french", "germany|german", "italy|italian", "spain|spanish", "japan|japanese", "china|chinese", "india|indian",
        "south korea|korea|korean", "russia|russian", "mexico|mexican", "canada|canadian", "australia|australian", "ireland|irish",
        "sweden|swedish", "denmark|danish", "norway|norwegian", "brazil|brazilian", "poland|polish", "iran|iranian",
        // Goods
        "laptop|notebook|notebook computer|laptop computer",
        "smartphone|phone|cell phone|mobile phone|cellphone|mobile|smart phone",
        "headphones|headphone|headset",
        "earbuds|earphones|in ear headphones",
        "sneakers|trainers|tennis shoes",
        "running shoes|runners",
        "sofa|couch|settee",
        "bicycle|bike|cycle|push bike",
        "backpack|rucksack|knapsack",
        "television|tv|telly",
        "refrigerator|fridge",
        "watch|smartwatch|wristwatch|smart watch",
        "trousers|pants",
        "sweater|jumper|pullover",
        "coffee machine|espresso machine",
        "waterproof|water resistant|rainproof",
        "wireless|cordless",
        "noise cancelling|noise canceling|noise cancellation",
        "wood|wooden",
        "wool|woollen|woolen",
        "metal|metallic",
        "grey|gray");

    /// <summary>A word that means several values together.</summary>
    public static readonly ImmutableArray<(string Word, string First, string Second)> Pairs =
        [("romcom", "romance", "comedy"), ("rom com", "romance", "comedy"), ("dramedy", "drama", "comedy")];

    /// <summary>Names of facets: the first of a line that the catalogue has is what the others of the line mean.</summary>
    public static readonly ImmutableArray<ImmutableArray<string>> Facets = Lines(
        "genre|style", "category|type|kind|product type|genre", "year|date|release|release date|release year|era|period|decade|age",
        "runtime|duration|running time|length|run time", "pages|page|number of pages|page count|length|page number",
        "price|cost|budget|money", "rating|score|stars|grade", "weight|heaviness", "director|filmmaker|film maker",
        "actor|actors|actress|cast|star|starring|stars", "author|writer|novelist", "brand|make|maker|manufacturer|label", "colour|color",
        "material|fabric", "feature|features", "theme|subject|topic|plot|tag", "subject|theme|topic", "language|tongue", "country|origin|nationality",
        "format|edition|binding", "maturity|age rating|certificate|age limit", "screen|screen size|display|size|inches");

    private static ImmutableArray<ImmutableArray<string>> Lines(params ReadOnlySpan<string> lines)
    {
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<string>>(lines.Length);
        foreach (var line in lines)
            groups.Add([.. line.Split('|')]);
        return groups.MoveToImmutable();
    }
}
