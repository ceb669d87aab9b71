using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>MovieLens 1M (and 10M): <c>movies.dat</c> and <c>ratings.dat</c> with double colons, Latin-1 or UTF-8.</summary>
/// <param name="directory">The folder.</param>
internal sealed class MovieLens1M(string directory) : IDataLayout
{
    private const string NoGenres = "(no genres listed)";

    private readonly DataFile _movies = new(directory, "movies.dat", RecordSyntax.DoubleColons);
    private readonly DataFile _ratings = new(directory, "ratings.dat", RecordSyntax.DoubleColons);

    /// <inheritdoc/>
    public string Name => "MovieLens 1M";

    /// <inheritdoc/>
    public bool StatesItems => _movies.Exists;

    /// <inheritdoc/>
    public IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected)
    {
        if (!StatesItems)
            yield break;
        var checks = new ItemChecks();
        foreach (var record in _movies.Records(rejected))
        {
            var fields = record.Fields;
            if (fields.Count != 3)
            {
                record.Reject($"has {fields.Count} columns, not 3");
                continue;
            }
            if (checks.Problem(fields[0]) is { } problem)
            {
                record.Reject(problem);
                continue;
            }
            var title = fields[1].Trim() is { Length: > 0 } stated ? stated : fields[0];
            var facets = new Facets()
                .Add(FacetNames.Genre, fields[2].Split('|').Where(genre => !string.Equals(genre, NoGenres, StringComparison.Ordinal)))
                .Add(FacetNames.Year, FilmTitles.Year(title));
            yield return new(new Item(fields[0], title, null, facets.Build(), null), _movies.Name, record.Line);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected)
    {
        var texts = new SharedTexts();
        foreach (var record in _ratings.Records(rejected))
        {
            if (record.Fields.Count != 4)
                record.Reject($"has {record.Fields.Count} columns, not 4");
            else if (Ratings.Read(texts, record, user: 0, item: 1, rating: 2, timestamp: 3) is { } rating)
                yield return new(rating, _ratings.Name, record.Line);
        }
    }
}
