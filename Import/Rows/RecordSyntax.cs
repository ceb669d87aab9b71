using System.Text;

namespace AgentRec.Import.Rows;

/// <summary>How the bytes of a file fall into records and fields.</summary>
/// <param name="delimiter">What stands between fields; empty: a record is one field.</param>
/// <param name="quoted">True when a field may stand in double quotes and then hold delimiters, line ends and doubled quotes.</param>
/// <param name="latin">True when bytes that are not UTF-8 are Latin-1; false: they are an error.</param>
internal sealed class RecordSyntax(string delimiter, bool quoted, bool latin)
{
    /// <summary>Comma-separated values (RFC 4180), UTF-8.</summary>
    public static RecordSyntax Csv { get; } = new(",", quoted: true, latin: false);

    /// <summary>Tab-separated, without quoting.</summary>
    public static RecordSyntax Tabs { get; } = new("\t", quoted: false, latin: true);

    /// <summary>Separated by vertical bars, without quoting.</summary>
    public static RecordSyntax Bars { get; } = new("|", quoted: false, latin: true);

    /// <summary>Separated by double colons, without quoting.</summary>
    public static RecordSyntax DoubleColons { get; } = new("::", quoted: false, latin: true);

    /// <summary>One field a line, UTF-8.</summary>
    public static RecordSyntax Lines { get; } = new("", quoted: false, latin: false);

    /// <summary>What stands between fields.</summary>
    public ReadOnlySpan<byte> Delimiter => _delimiter;

    /// <summary>True when fields may be quoted.</summary>
    public bool Quoted => quoted;

    private readonly byte[] _delimiter = Encoding.ASCII.GetBytes(delimiter);

    /// <summary>Splits a record's bytes into its fields.</summary>
    /// <param name="record">The bytes without the line end, quotes balanced.</param>
    /// <param name="fields">Gets the fields.</param>
    /// <returns>What is wrong with the bytes, or null.</returns>
    public string? Split(ReadOnlySpan<byte> record, List<string> fields)
    {
        fields.Clear();
        if (record.Contains((byte)0))
            return "holds a NUL byte";
        var utf8 = System.Text.Unicode.Utf8.IsValid(record);
        if (!utf8 && !latin)
            return "is not valid UTF-8";
        var encoding = utf8 ? Encoding.UTF8 : Encoding.Latin1;
        while (true)
        {
            var field = NextField(record, out var consumed);
            fields.Add(Text(field, encoding));
            if (consumed == record.Length)
                return null;
            record = record[(consumed + _delimiter.Length)..];
        }
    }

    private ReadOnlySpan<byte> NextField(ReadOnlySpan<byte> record, out int consumed)
    {
        if (quoted && !record.IsEmpty && record[0] == '"')
        {
            var end = 1;
            while (record[end] != '"' || (end + 1 < record.Length && record[end + 1] == '"'))
                end += record[end] == '"' ? 2 : 1;
            consumed = end + 1;
            return record[..consumed];
        }
        var at = _delimiter.Length == 0 ? -1 : record.IndexOf(_delimiter);
        consumed = at < 0 ? record.Length : at;
        return record[..consumed];
    }

    private string Text(ReadOnlySpan<byte> field, Encoding encoding) =>
        quoted && !field.IsEmpty && field[0] == '"'
            ? encoding.GetString(field[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal)
            : encoding.GetString(field);
}
