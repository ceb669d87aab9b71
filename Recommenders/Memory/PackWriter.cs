using System.Buffers;
using System.Buffers.Binary;

namespace AgentRec.Recommenders.Memory;

/// <summary>Writes numbers in as few bytes as they need, seven bits a byte, the lowest first; read by <see cref="PackReader"/>.</summary>
internal ref struct PackWriter
{
    private byte[] _bytes;

    /// <summary>Starts with nothing written.</summary>
    public PackWriter() => _bytes = ArrayPool<byte>.Shared.Rent(8_192);

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes a number of which small ones are likely.</summary>
    public void Number(ulong number)
    {
        Reserve(10);
        for (; number >= 0x80; number >>= 7)
            _bytes[Length++] = (byte)(number | 0x80);
        _bytes[Length++] = (byte)number;
    }

    /// <summary>Writes a number of which small ones, of either sign, are likely.</summary>
    public void Signed(long number) => Number((ulong)((number << 1) ^ (number >> 63)));

    /// <summary>Writes all bits of a number.</summary>
    public void Double(double number)
    {
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), number);
        Length += sizeof(double);
    }

    /// <summary>What was written; ends the writer.</summary>
    public byte[] Done()
    {
        var done = _bytes[..Length];
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        return done;
    }

    private void Reserve(int count)
    {
        if (Length + count <= _bytes.Length)
            return;
        var greater = ArrayPool<byte>.Shared.Rent(2 * (_bytes.Length + count));
        _bytes.AsSpan(0, Length).CopyTo(greater);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = greater;
    }
}
