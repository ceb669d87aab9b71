using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>Tells a folder's layout by its files.</summary>
internal static class LayoutRecognition
{
    private const string Known =
        "movies.csv and ratings.csv, u.item and u.data, movies.dat and ratings.dat, or items and interactions as .jsonl or .csv";

    /// <summary>Recognises a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="format">What is expected.</param>
    /// <exception cref="DataFolderException">Nothing fits, or more than one thing does.</exception>
    public static IDataLayout Of(string directory, DataFormat format)
    {
        if (!Directory.Exists(directory))
            throw new DataFolderException($"The data folder {directory} does not exist: name a folder that holds {Known}.");
        var found = new List<IDataLayout>();
        if (format is not DataFormat.Generic)
        {
            if (Has(directory, "movies.csv", "ratings.csv"))
                found.Add(new MovieLensCsv(directory));
            if (Has(directory, "u.item", "u.data"))
                found.Add(new MovieLens100K(directory));
            if (Has(directory, "movies.dat", "ratings.dat"))
                found.Add(new MovieLens1M(directory));
        }
        if (format is not DataFormat.MovieLens && Has(directory, "items.jsonl", "items.csv", "interactions.jsonl", "interactions.csv"))
            found.Add(new GenericLayout(Either(directory, "items"), Either(directory, "interactions")));
        return found switch
        {
            [var layout] => layout,
            [] => throw new DataFolderException($"The data folder {directory} is not recognised: it should hold {Known}."),
            _ => throw new DataFolderException(
                $"The data folder {directory} fits more than one layout ({string.Join(", ", found.Select(layout => layout.Name))}): name the format, or keep the files apart."),
        };
    }

    private static bool Has(string directory, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Path.Exists(Path.Combine(directory, name)))
                return true;
        }
        return false;
    }

    private static DataFile? Either(string directory, string name)
    {
        var json = new DataFile(directory, $"{name}.jsonl", RecordSyntax.Lines);
        var csv = new DataFile(directory, $"{name}.csv", RecordSyntax.Csv);
        if (json.Exists && csv.Exists)
            throw new DataFolderException($"The data folder {directory} holds both {json.Name} and {csv.Name}: keep one of them.");
        if (json.Exists)
            return json;
        return csv.Exists ? csv : null;
    }
}
