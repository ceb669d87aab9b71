using System.Buffers;
using System.Runtime.InteropServices;

namespace AgentRec.Inference.Transport;

/// <summary>Rows seen as the bytes that they travel as, without a copy. The protocol's order of bytes is that of every platform that .NET's ONNX Runtime has.</summary>
/// <param name="rows">The rows; they must stay as they are while a request is under way.</param>
internal sealed class RowBytes(ReadOnlyMemory<float> rows) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(rows).Span);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("Messages are written from spans.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
