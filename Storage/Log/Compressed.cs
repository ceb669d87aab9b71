using System.IO.Compression;
using System.Text;

namespace AgentRec.Storage.Log;

/// <summary>Text kept as Brotli: turn records and windows repeat themselves a lot.</summary>
internal static class Compressed
{
    /// <summary>Compresses a text.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>Restores a text.</summary>
    /// <param name="packed">What <see cref="Pack"/> answered.</param>
    public static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
