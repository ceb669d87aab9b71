using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Grains.Abstractions.Operations;

/// <summary>Says how one given silo is. It lives on that silo, where its first caller places it. Key: <see cref="Keys.GrainKey.Silo"/>.</summary>
[Alias("agentrec.ISiloProbeGrain")]
public interface ISiloProbeGrain : IGrainWithStringKey
{
    /// <summary>Says how the silo is.</summary>
    /// <returns>Null where this is another silo than the key names.</returns>
    [Alias("Describe")]
    Task<SiloReport?> Describe();

    /// <summary>Says what the silo serves the key's tenant with, and loads for it.</summary>
    /// <returns>Null where this is another silo than the key names.</returns>
    [Alias("DescribeModel")]
    Task<SiloModel?> DescribeModel();
}
