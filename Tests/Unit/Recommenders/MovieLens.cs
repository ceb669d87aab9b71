using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>Just enough of a reader of ml-latest-small to measure models on it.</summary>
internal static class MovieLens
{
    public static Catalogue Films()
    {
        var tags = Rows("tags.csv").ToLookup(row => row[1], row => row[2].ToLowerInvariant(), StringComparer.Ordinal);
        return Catalogue.Create(Rows("movies.csv").Select(row =>
        {
            var title = row[1].Trim();
            var facets = Item.NoFacets;
            if (title.EndsWith(')') && title.Length > 6 && title[^6] == '(')
                facets = facets.Add(FacetNames.Year, [title[^5..^1]]);
            if (!row[2].StartsWith('('))
                facets = facets.Add(FacetNames.Genre, [.. row[2].Split('|')]);
            if (tags.Contains(row[0]))
                facets = facets.Add("tag", [.. tags[row[0]].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
            return new Item(row[0], title, null, facets, tags.Contains(row[0]) ? string.Join(", ", tags[row[0]]) : null);
        }));
    }

    public static EvaluationSplit Split(string protocol)
    {
        using var file = File.OpenText(Path.Combine(SharedData.Root!, "splits", $"ml-latest-small.{protocol}.tsv"));
        return SplitFile.Read(file, protocol, Films());
    }

    public static IEnumerable<Interaction> Ratings() => Rows("ratings.csv").Select(row => new Interaction(
        $"{row[0]}-{row[1]}", row[0], row[1], InteractionType.Rate, double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture))));

    private static IEnumerable<string[]> Rows(string name)
    {
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Root!, "ml-latest-small", name)).Skip(1))
        {
            // Quotes in these files protect commas; doubled ones inside are rare and only cost a quotation mark.
            var cells = new List<string> { "" };
            var quoted = false;
            foreach (var unit in line)
            {
                if (unit == '"')
                    quoted = !quoted;
                else if (unit == ',' && !quoted)
                    cells.Add("");
                else
                    cells[^1] += unit;
            }
            yield return [.. cells];
        }
    }
}
