using System.Text;
using Google.Protobuf;

namespace AgentRec.Tests.Telemetry;

/// <summary>A protobuf message read without its schema: the parts that have a length, by field number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ByteString Content)> _parts = [];

    private ProtoMessage()
    {
    }

    /// <summary>Reads a message.</summary>
    /// <param name="content">Its bytes.</param>
    public static ProtoMessage Read(ByteString content)
    {
        var message = new ProtoMessage();
        var input = content.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                message._parts.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            else
                input.SkipLastField();
        }
        return message;
    }

    /// <summary>All messages of a repeated field.</summary>
    /// <param name="field">Its number.</param>
    public IEnumerable<ProtoMessage> Messages(int field) => Contents(field).Select(Read);

    /// <summary>A field's text; empty where it is absent.</summary>
    /// <param name="field">Its number.</param>
    public string Text(int field) => Encoding.UTF8.GetString(Contents(field).FirstOrDefault(ByteString.Empty).Span);

    /// <summary>A field's bytes as hexadecimal digits; empty where it is absent.</summary>
    /// <param name="field">Its number.</param>
    public string Hex(int field) => Convert.ToHexString(Contents(field).FirstOrDefault(ByteString.Empty).Span);

    private IEnumerable<ByteString> Contents(int field) => _parts.Where(part => part.Field == field).Select(part => part.Content);
}
