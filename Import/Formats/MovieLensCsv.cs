using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>MovieLens as comma-separated files with headers (ml-latest-small, ml-latest, ml-20m, ml-25m, ml-32m).</summary>
/// <param name="directory">The folder.</param>
internal sealed class MovieLensCsv(string directory) : IDataLayout
{
    private const string NoGenres = "(no genres listed)";

    private readonly DataFile _movies = new(directory, "movies.csv", RecordSyntax.Csv);
    private readonly DataFile _ratings = new(directory, "ratings.csv", RecordSyntax.Csv);
    private readonly DataFile _tags = new(directory, "tags.csv", RecordSyntax.Csv);

    /// <inheritdoc/>
    public string Name => "MovieLens csv";

    /// <inheritdoc/>
    public bool StatesItems => _movies.Exists;

    /// <inheritdoc/>
    public IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected)
    {
        if (!StatesItems)
            yield break;
        var tags = ItemTags.Read(_tags, rejected);
        var checks = new ItemChecks();
        foreach (var (header, record) in _movies.Table(["movieId", "title", "genres"], rejected))
        {
            var id = header.Field(record.Fields, "movieId");
            if (checks.Problem(id) is { } problem)
            {
                record.Reject(problem);
                continue;
            }
            var title = header.Field(record.Fields, "title")?.Trim() is { Length: > 0 } stated ? stated : id!;
            var genres = header.Field(record.Fields, "genres")?.Split('|') ?? [];
            var itemTags = tags.Of(id!);
            var facets = new Facets()
                .Add(FacetNames.Genre, genres.Where(genre => !string.Equals(genre, NoGenres, StringComparison.Ordinal)))
                .Add(FacetNames.Year, FilmTitles.Year(title))
                .Add("tag", itemTags);
            var text = itemTags.Count > 0 ? string.Join(", ", itemTags) : null;
            yield return new(new Item(id!, title, null, facets.Build(), text), _movies.Name, record.Line);
        }
        foreach (var (id, line) in tags.Strangers(checks))
            rejected(new RejectedRow(_tags.Name, line, $"unknown item {Quote.Of(id)}"));
    }

    /// <inheritdoc/>
    public IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected)
    {
        var texts = new SharedTexts();
        foreach (var (header, record) in _ratings.Table(["userId", "movieId", "rating", "timestamp"], rejected))
        {
            if (Ratings.Read(texts, record, header.Index("userId"), header.Index("movieId"), header.Index("rating"), header.Index("timestamp")) is { } rating)
                yield return new(rating, _ratings.Name, record.Line);
        }
    }
}
