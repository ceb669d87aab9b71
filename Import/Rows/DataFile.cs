using AgentRec.Domain;

namespace AgentRec.Import.Rows;

/// <summary>A file of a data folder, or one that is bundled, read record by record.</summary>
internal sealed class DataFile
{
    private readonly RecordSyntax _syntax;
    private readonly string? _path;
    private readonly Stream? _bundled;

    /// <summary>A file in a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="syntax">How it falls into records.</param>
    public DataFile(string directory, string name, RecordSyntax syntax) =>
        (Name, _syntax, _path) = (name, syntax, Path.Combine(directory, name));

    /// <summary>A bundled file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bundled">Its bytes, read once and closed.</param>
    /// <param name="syntax">How it falls into records.</param>
    public DataFile(string name, Stream bundled, RecordSyntax syntax) => (Name, _syntax, _bundled) = (name, syntax, bundled);

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>True when something of this name is there.</summary>
    public bool Exists => _bundled is not null || Path.Exists(_path);

    /// <summary>Reads the records; what cannot be opened or is empty is reported and has none.</summary>
    /// <param name="rejected">Told of records that cannot be read.</param>
    /// <returns>The reader, moving: use each record before asking for the next.</returns>
    public IEnumerable<RecordReader> Records(Action<RejectedRow> rejected)
    {
        if (Open(out var problem) is not { } stream)
        {
            rejected(new RejectedRow(Name, 0, problem));
            yield break;
        }
        using (stream)
        {
            var reader = new RecordReader(stream, Name, _syntax, rejected);
            while (reader.Read())
                yield return reader;
        }
    }

    /// <summary>Reads the records behind a header that names the columns.</summary>
    /// <param name="required">Columns that the header must name.</param>
    /// <param name="rejected">Told of records that cannot be read, of a header that cannot be used, and of records with more or fewer fields than it.</param>
    public IEnumerable<(Header Header, RecordReader Record)> Table(IReadOnlyList<string> required, Action<RejectedRow> rejected)
    {
        Header? header = null;
        foreach (var record in Records(rejected))
        {
            if (header is null)
            {
                header = new Header(record.Fields);
                if (header.Problem(required) is not { } problem)
                    continue;
                rejected(new RejectedRow(Name, record.Line, problem));
                yield break;
            }
            if (record.Fields.Count == header.Columns.Count)
                yield return (header, record);
            else
                record.Reject($"has {record.Fields.Count} columns, not {header.Columns.Count}");
        }
    }

    private Stream? Open(out string problem)
    {
        problem = "";
        if (_bundled is not null)
            return _bundled;
        var path = _path!;
        try
        {
            if (Directory.Exists(path))
                problem = "is a folder, not a file";
            else if (!File.Exists(path))
                problem = "is missing";
            else if (new FileInfo(path).Length == 0)
                problem = "is empty";
            else
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be opened: {exception.Message}";
        }
        return null;
    }
}
