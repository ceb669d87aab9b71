using AgentRec.Domain;

namespace AgentRec.Import.Rows;

/// <summary>
/// Reads records from a stream in bounded memory and comes through whatever the stream holds: a record that is too long, badly
/// quoted or badly encoded is reported with its line, and reading goes on at the line after it.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="file">The file's name, for reports.</param>
/// <param name="syntax">How the bytes fall into records.</param>
/// <param name="rejected">Told of records that cannot be read.</param>
internal sealed class RecordReader(Stream stream, string file, RecordSyntax syntax, Action<RejectedRow> rejected)
{
    /// <summary>The greatest number of bytes of a record.</summary>
    public const int GreatestRecord = 1 << 20;

    private const int FirstBuffer = 1 << 16;

    private readonly List<string> _fields = [];
    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;
    private bool _begun;
    private bool _ended;

    // The record at hand: where it starts in the buffer, and, counted from there, its length and that of its first line (0: not
    // known to end), line ends included.
    private int _start;
    private int _length;
    private int _firstLine;
    private int _lines;

    private enum Scan
    {
        /// <summary>A whole record was found.</summary>
        Record,

        /// <summary>The record exceeds the bound.</summary>
        TooLong,

        /// <summary>A quote is not closed, or text follows it.</summary>
        BadQuote,
    }

    /// <summary>The fields of the record at hand.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>The line on which the record at hand starts, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Goes to the next readable record; empty lines are passed over.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool Read()
    {
        if (!_begun && !Begin())
            return false;
        while (true)
        {
            Leave();
            if (_start == _filled && !Fill())
                return false;
            if (FindEnd() is not Scan.Record and var scan)
            {
                SkipLine(scan);
                continue;
            }
            var record = WithoutLineEnd(_buffer.AsSpan(_start, _length));
            if (record.IsEmpty)
                continue;
            if (syntax.Split(record, _fields) is not { } problem)
                return true;
            Reject(problem);
        }
    }

    /// <summary>
    /// Reports the record at hand. One that spans lines was probably joined by a stray quote: only its first line is given up, and
    /// reading goes on at the second.
    /// </summary>
    /// <param name="reason">What is wrong with it.</param>
    public void Reject(string reason)
    {
        rejected(new RejectedRow(file, Line, reason));
        if (_lines > 1)
            (_length, _lines) = (_firstLine, 1);
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> record)
    {
        if (record is [.., (byte)'\n'])
            record = record[..^1];
        return record is [.., (byte)'\r'] ? record[..^1] : record;
    }

    private bool Begin()
    {
        _begun = true;
        while (_filled < 3 && Fill())
        {
            // Until a byte order mark can be told.
        }
        var head = _buffer.AsSpan(0, _filled);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            rejected(new RejectedRow(file, 0, "is UTF-16: save it as UTF-8"));
            _ended = true;
            _start = _filled;
            return false;
        }
        _start = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        return true;
    }

    private void Leave()
    {
        _start += _length;
        Line += _lines;
        (_length, _lines) = (0, 0);
    }

    private Scan FindEnd()
    {
        _firstLine = 0;
        var (inQuotes, afterQuote, atFieldStart, mustEnd) = (false, false, syntax.Quoted, false);
        while (true)
        {
            if (_start + _length == _filled)
            {
                if (_length >= GreatestRecord)
                    return Scan.TooLong;
                if (!Fill())
                {
                    _lines++;
                    return inQuotes ? Scan.BadQuote : Scan.Record;
                }
            }
            var unit = _buffer[_start + _length++];
            if (unit == '\n')
            {
                _lines++;
                if (_firstLine == 0)
                    _firstLine = _length;
                if (!inQuotes)
                    return Scan.Record;
            }
            else if (inQuotes)
            {
                (inQuotes, afterQuote) = (unit != '"', unit == '"');
            }
            else if (mustEnd)
            {
                return Scan.BadQuote;
            }
            else if (unit == '"' && (atFieldStart || afterQuote))
            {
                (inQuotes, afterQuote, atFieldStart) = (true, false, false);
            }
            else if (afterQuote)
            {
                if (unit != '\r' && unit != syntax.Delimiter[0])
                    return Scan.BadQuote;
                (afterQuote, mustEnd, atFieldStart) = (false, unit == '\r', unit != '\r');
            }
            else
            {
                atFieldStart = syntax.Quoted && unit == syntax.Delimiter[0];
            }
        }
    }

    private void SkipLine(Scan scan)
    {
        rejected(new RejectedRow(
            file, Line, scan is Scan.TooLong && _firstLine == 0 ? $"is longer than {GreatestRecord} bytes" : "has an unbalanced quote"));
        (_length, _lines) = (_firstLine, 1);
        while (_length == 0)
        {
            var at = _buffer.AsSpan(_start, _filled - _start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                _length = at + 1;
                return;
            }
            // Nothing before here is looked at again: the buffer is used anew.
            _start = _filled;
            if (!Fill())
                return;
        }
    }

    /// <summary>Reads more bytes behind those from <see cref="_start"/> on, which move to the front.</summary>
    /// <returns>False when there are no more.</returns>
    private bool Fill()
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            _filled -= _start;
            _start = 0;
        }
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        try
        {
            var read = stream.Read(_buffer, _filled, _buffer.Length - _filled);
            _filled += read;
            _ended = read == 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _ended = true;
            rejected(new RejectedRow(file, Line, $"could not be read any further: {exception.Message}"));
        }
        return !_ended;
    }
}
