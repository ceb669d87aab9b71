using System.ComponentModel.DataAnnotations;

namespace AgentRec.Silo.Vectors;

/// <summary>Which index answers vector queries. The options of an external index stand in the same section.</summary>
public sealed class VectorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tools:Vectors";

    /// <summary>The index in the silo's own memory.</summary>
    public const string Embedded = "embedded";

    /// <summary>A Qdrant server (see <see cref="Qdrant.QdrantOptions"/>).</summary>
    public const string OnQdrant = "qdrant";

    /// <summary>Which index answers.</summary>
    /// <value>The default is <c>embedded</c>; or <c>qdrant</c>.</value>
    [AllowedValues(Embedded, OnQdrant, ErrorMessage = "Tools:Vectors:Kind must be 'embedded' or 'qdrant'.")]
    public string Kind { get; set; } = Embedded;
}
