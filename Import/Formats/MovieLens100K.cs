using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>MovieLens 100K: <c>u.data</c> with tabs, <c>u.item</c> with bars and a flag for each genre, Latin-1.</summary>
/// <param name="directory">The folder.</param>
internal sealed class MovieLens100K(string directory) : IDataLayout
{
    private const int FirstFlag = 5;

    // The order of u.genre; its first entry stands for "unknown".
    private static readonly string?[] Genres =
    [
        null, "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir",
        "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    private readonly DataFile _items = new(directory, "u.item", RecordSyntax.Bars);
    private readonly DataFile _data = new(directory, "u.data", RecordSyntax.Tabs);

    /// <inheritdoc/>
    public string Name => "MovieLens 100K";

    /// <inheritdoc/>
    public bool StatesItems => _items.Exists;

    /// <inheritdoc/>
    public IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected)
    {
        if (!StatesItems)
            yield break;
        var checks = new ItemChecks();
        foreach (var record in _items.Records(rejected))
        {
            var fields = record.Fields;
            if (fields.Count != FirstFlag + Genres.Length)
            {
                record.Reject($"has {fields.Count} columns, not {FirstFlag + Genres.Length}");
                continue;
            }
            if (checks.Problem(fields[0]) is { } problem)
            {
                record.Reject(problem);
                continue;
            }
            var title = fields[1].Trim() is { Length: > 0 } stated ? stated : fields[0];
            var facets = new Facets()
                .Add(FacetNames.Genre, Genres.Where((_, genre) => fields[FirstFlag + genre] is "1"))
                .Add(FacetNames.Year, FilmTitles.Year(title) ?? ReleaseYear(fields[2]));
            yield return new(new Item(fields[0], title, null, facets.Build(), null), _items.Name, record.Line);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected)
    {
        var texts = new SharedTexts();
        foreach (var record in _data.Records(rejected))
        {
            if (record.Fields.Count != 4)
                record.Reject($"has {record.Fields.Count} columns, not 4");
            else if (Ratings.Read(texts, record, user: 0, item: 1, rating: 2, timestamp: 3) is { } rating)
                yield return new(rating, _data.Name, record.Line);
        }
    }

    // Such as 01-Jan-1995.
    private static string? ReleaseYear(string date) =>
        date.Length == 11 && date.AsSpan(7).IndexOfAnyExceptInRange('0', '9') < 0 ? date[7..] : null;
}
