using System.Globalization;
using System.Text;
using AgentRec.Import.Rows;
using CsCheck;

namespace AgentRec.Tests.Unit.Import;

public sealed class RecordReaderTests
{
    private static readonly byte[] Alphabet = [.. "\",\n\ra"u8, 0, 0xC3, 0xEF];
    private static readonly Gen<byte[]> Bytes = Gen.Int[0, Alphabet.Length - 1].Select(unit => Alphabet[unit]).Array[0, 60];

    [Fact]
    public void Read_AnyBytes_EndsWithRisingLinesHoweverTheyArrive() =>
        Bytes.Sample(bytes =>
        {
            var whole = Trace(new MemoryStream(bytes));
            var lines = whole.Select(entry => long.Parse(entry.AsSpan(1, entry.IndexOf(' ') - 1), CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(lines.Order(), lines);
            Assert.Equal(lines.Distinct(), lines);
            Assert.Equal(whole, Trace(new TrickleStream(bytes)));
        });

    [Fact]
    public void Read_WhatWasQuoted_IsWhatWasMeant() =>
        Gen.String[Gen.Char["ab\",\n\ré€"], 0, 8].Array[2, 4].Array[1, 5].Sample(records =>
        {
            var text = string.Concat(records.Select(fields =>
                string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            var reader = new RecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f", RecordSyntax.Csv, row => Assert.Fail(row.ToString()));
            foreach (var fields in records)
            {
                Assert.True(reader.Read());
                Assert.Equal(fields, reader.Fields);
            }
            Assert.False(reader.Read());
        });

    private static List<string> Trace(Stream stream)
    {
        var trace = new List<string>();
        var reader = new RecordReader(stream, "f", RecordSyntax.Csv, row => trace.Add($"!{row.Line} {row.Reason}"));
        while (reader.Read())
            trace.Add($"+{reader.Line} {string.Join('|', reader.Fields)}");
        return trace;
    }

    /// <summary>Gives one byte at a time.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
