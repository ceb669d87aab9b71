using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>
/// Reads a given split: tab-separated <c>user item timestamp part</c> with a header, part one of train, val and test. The
/// catalogue becomes the items of the file, and a user's excluded items are that user's train and val rows only.
/// </summary>
public static class SplitFile
{
    private const string Header = "user\titem\ttimestamp\tpart";

    /// <summary>Reads a split.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="protocol">The name of the protocol in the report.</param>
    /// <param name="catalogue">Where the items' facts come from; an item that it lacks has its id for a title.</param>
    /// <exception cref="InvalidDataException">A line is not as above; the message names it.</exception>
    public static EvaluationSplit Read(TextReader reader, string protocol, Catalogue catalogue)
    {
        var rows = Rows(reader);
        var items = rows.Select(row => row.Item).Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var known = catalogue.Items.Where(item => items.Contains(item.ItemId));
        var unknown = items.Where(item => !catalogue.TryHandle(item, out _)).Order(StringComparer.Ordinal)
            .Select(item => new Item(item, item, null, Item.NoFacets, null));
        var ranked = Catalogue.Create(known.Concat(unknown));
        var users = rows.GroupBy(row => row.User, StringComparer.Ordinal).OrderBy(user => user.Key, StringComparer.Ordinal)
            .Select(user => UserOf(user.Key, [.. user], ranked));
        return EvaluationSplit.Of(protocol, ranked, [.. users], 0);
    }

    private static SplitUser UserOf(string id, Row[] rows, Catalogue catalogue)
    {
        // Within a part the file's order breaks ties of time: it is the seeded order of whoever made the split.
        var train = History(rows.Where(row => row.Part == Part.Train));
        var known = UserHistory.Create(Ordered(rows.Where(row => row.Part == Part.Train)).Concat(Ordered(rows.Where(row => row.Part == Part.Validation))));
        var test = History(rows.Where(row => row.Part == Part.Test)).Items;
        return new SplitUser(id, train, known, [.. test.Except(known.Items)], [.. known.Items.Order()]);

        UserHistory History(IEnumerable<Row> part) => UserHistory.Create(Ordered(part));

        IEnumerable<(int Handle, long Time)> Ordered(IEnumerable<Row> part) =>
            part.OrderBy(row => row.Time).Select(row => (catalogue.TryHandle(row.Item, out var handle) ? handle : -1, row.Time * 1000));
    }

    private static List<Row> Rows(TextReader reader)
    {
        if (!string.Equals(reader.ReadLine(), Header, StringComparison.Ordinal))
            throw new InvalidDataException("Line 1 of the split must be the header 'user item timestamp part', separated by tabs.");
        var rows = new List<Row>();
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            var cells = line.Split('\t');
            if (cells.Length != 4)
                throw new InvalidDataException($"Line {number} of the split has {cells.Length} columns: it must have 4, separated by tabs.");
            if (!long.TryParse(cells[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time))
                throw new InvalidDataException($"Line {number} of the split has the timestamp '{cells[2]}': it must be whole seconds.");
            rows.Add(new Row(cells[0], cells[1], time, cells[3] switch
            {
                "train" => Part.Train,
                "val" => Part.Validation,
                "test" => Part.Test,
                _ => throw new InvalidDataException($"Line {number} of the split has the part '{cells[3]}': it must be train, val or test."),
            }));
        }
        return rows;
    }

    private enum Part
    {
        Train,
        Validation,
        Test,
    }

    private sealed record Row(string User, string Item, long Time, Part Part);
}
