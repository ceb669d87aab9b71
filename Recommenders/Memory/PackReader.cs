using System.Buffers.Binary;

namespace AgentRec.Recommenders.Memory;

/// <summary>Reads what <see cref="PackWriter"/> wrote, in the same order.</summary>
/// <param name="bytes">What was written.</param>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _place;

    /// <summary>Reads a number.</summary>
    public ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var read = _bytes[_place++];
            number |= (ulong)(read & 0x7F) << shift;
            if (read < 0x80)
                return number;
        }
    }

    /// <summary>Reads a number of either sign.</summary>
    public long Signed()
    {
        var number = Number();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>Reads all bits of a number.</summary>
    public double Double()
    {
        _place += sizeof(double);
        return BinaryPrimitives.ReadDoubleLittleEndian(_bytes[(_place - sizeof(double))..]);
    }
}
