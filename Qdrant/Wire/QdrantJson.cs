using System.Text.Json.Serialization;

namespace AgentRec.Qdrant.Wire;

/// <summary>How requests and answers are written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CreateCollection))]
[JsonSerializable(typeof(CreateFieldIndex))]
[JsonSerializable(typeof(PointsList))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(ScrollRequest))]
[JsonSerializable(typeof(CountRequest))]
[JsonSerializable(typeof(PointIdsList))]
[JsonSerializable(typeof(ChangeAliases))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(Answer<bool>))]
[JsonSerializable(typeof(Answer<UpdateResult>))]
[JsonSerializable(typeof(Answer<QueryResult>))]
[JsonSerializable(typeof(Answer<ScrollResult>))]
[JsonSerializable(typeof(Answer<CountResult>))]
[JsonSerializable(typeof(Answer<AliasesResult>))]
[JsonSerializable(typeof(Answer<CollectionsResult>))]
[JsonSerializable(typeof(Answer<CollectionInfo>))]
[JsonSerializable(typeof(Dictionary<string, VectorParams>))]
internal sealed partial class QdrantJson : JsonSerializerContext;
