using System.Text.Json;
using AgentRec.Domain;
using Orleans.Storage;

namespace AgentRec.Silo;

/// <summary>Grain state as JSON that an operator can read, in the domain's own form, without type names.</summary>
internal sealed class SnapshotSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, DomainJson.Options));

    public T Deserialize<T>(BinaryData input) => input.ToObjectFromJson<T>(DomainJson.Options)
        ?? throw new JsonException($"The stored state is null where a {typeof(T).Name} was expected.");
}
