using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace AgentRec.Storage.Log;

/// <summary>Text kept as Brotli: turn records and windows repeat themselves a lot.</summary>
internal static class Compressed
{
    /// <summary>The fastest that looks for repetitions at all.</summary>
    private const int Quality = 1;

    /// <summary>Most texts are smaller than this window of 256 KiB; a greater one costs a turn its clearing.</summary>
    private const int WindowBits = 18;

    /// <summary>Compresses a text.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Pack(string text)
    {
        var plain = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
        var length = Encoding.UTF8.GetBytes(text, plain);
        if (!BrotliEncoder.TryCompress(plain.AsSpan(0, length), packed, out var written, Quality, WindowBits))
            throw new InvalidOperationException($"{length} bytes of text did not go into {packed.Length} packed ones.");
        var kept = packed.AsSpan(0, written).ToArray();
        ArrayPool<byte>.Shared.Return(packed);
        ArrayPool<byte>.Shared.Return(plain);
        return kept;
    }

    /// <summary>Restores a text.</summary>
    /// <param name="packed">What <see cref="Pack"/> answered.</param>
    public static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
